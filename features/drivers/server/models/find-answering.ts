import { Z_95 } from '../../../../kernel/stats/wilson.ts'
import type { Answering, Estimate } from '../../contract.ts'

/** Kinds of history with fewer answers are put together. */
const LEAST_ANSWERS = 10
/** Fewer answers in all say nothing of who else would have answered. */
const LEAST_ANSWERED = 100

/** Everybody who was asked, answered or not. */
export interface Asked {
  /** The kind of each one's history (late?, defects and how they were solved), 0 … */
  kinds: Int32Array
  /** 0 … 10; NaN: no answer. */
  marks: Float64Array
}

interface Kind {
  asked: number
  answered: number
  sum: number
  squares: number
}

/**
 * NPS as answered, and with each kind of history weighing as many as were asked, not as many as answered (post-stratification;
 * Lohr, Sampling, ch. 4 and 8). Errors count the marks within kinds and the chance by which just these answered. Undefined where
 * fewer than a hundred answered.
 */
export function findAnswering({ kinds, marks }: Asked): Answering | undefined {
  const counted = joinRare(countKinds(kinds, marks))
  const asked = counted.reduce((sum, kind) => sum + kind.asked, 0)
  const answered = counted.reduce((sum, kind) => sum + kind.answered, 0)
  if (answered < LEAST_ANSWERED) return undefined
  const raw = counted.reduce((sum, kind) => sum + kind.sum, 0) / answered
  const weighted = counted.reduce((sum, kind) => sum + (kind.asked / asked) * (kind.sum / kind.answered), 0)
  const errors = { raw: 0, weighted: 0, difference: 0 }
  for (const kind of counted) {
    const mean = kind.sum / kind.answered
    const variance = Math.max(0, kind.squares - kind.answered * mean ** 2) / Math.max(1, kind.answered - 1)
    const [as, should] = [kind.answered / answered, kind.asked / asked]
    const within = variance / kind.answered
    errors.raw += as ** 2 * within + (as * (mean - raw) ** 2) / answered
    errors.weighted += should ** 2 * within + (should * (mean - weighted) ** 2) / asked
    errors.difference += (as - should) ** 2 * within + (as * (mean - raw) ** 2) / answered
  }
  return {
    raw: tell(raw, errors.raw),
    weighted: tell(weighted, errors.weighted),
    difference: tell(raw - weighted, errors.difference),
    answered,
    asked,
  }
}

function countKinds(kinds: Int32Array, marks: Float64Array): Kind[] {
  const counted = new Map<number, Kind>()
  for (const [at, kind] of kinds.entries()) {
    const cell = counted.get(kind) ?? { asked: 0, answered: 0, sum: 0, squares: 0 }
    counted.set(kind, cell)
    cell.asked++
    const mark = marks[at] as number
    if (Number.isNaN(mark)) continue
    const score = mark >= 9 ? 100 : mark <= 6 ? -100 : 0
    cell.answered++
    cell.sum += score
    cell.squares += score ** 2
  }
  return [...counted.values()]
}

/** Nobody answers for a kind that nobody answered in; such few are joined, with the commonest if they stay too few. */
function joinRare(kinds: readonly Kind[]): Kind[] {
  const common = kinds.filter(({ answered }) => answered >= LEAST_ANSWERS)
  const rare = kinds.filter(({ answered }) => answered < LEAST_ANSWERS).reduce(join, nobody())
  const [first, ...others] = common.toSorted((a, b) => b.answered - a.answered)
  if (!first) return rare.answered > 0 ? [rare] : []
  return rare.answered >= LEAST_ANSWERS ? [...common, rare] : [join(first, rare), ...others]
}

const nobody = (): Kind => ({ asked: 0, answered: 0, sum: 0, squares: 0 })

function join(a: Kind, b: Kind): Kind {
  return {
    asked: a.asked + b.asked,
    answered: a.answered + b.answered,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
  }
}

function tell(value: number, variance: number): Estimate {
  const half = Z_95 * Math.sqrt(variance)
  return { value, low: value - half, high: value + half }
}
