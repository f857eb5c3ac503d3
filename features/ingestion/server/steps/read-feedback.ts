import { type Draft, mark } from './step.ts'

/** Scales as they are used where the event names none: the highest mark, the lowest being 1. */
const SCALES: Readonly<Record<string, number>> = { csat: 5, stars: 5, face: 5, ces: 7 }
const MAX_SCALE = 100

/**
 * How what the person said felt, from −1 to 1: the scale's middle is 0, its ends are −1 and 1. For five stars this is
 * (x − 3) / 2, for the seven of the effort score (x − 4) / 3, with 7 for easy. NPS is an outcome and never a feeling.
 */
export function readFeedback(draft: Draft): undefined {
  const { row, properties } = draft
  if (row.kind !== 'track' || row.name !== 'Feedback Given') return undefined
  const usual = SCALES[String(properties.kind)]
  if (usual === undefined) return undefined
  const { score } = properties
  const top = properties.scale_max ?? usual
  if (isMark(score, MAX_SCALE) && isMark(top, MAX_SCALE) && top >= 2 && score <= top)
    row.valence = (2 * (score - 1)) / (top - 1) - 1
  else mark(draft, 'bad_score')
  return undefined
}

function isMark(value: unknown, max: number): value is number {
  return typeof value === 'number' && value >= 1 && value <= max
}
