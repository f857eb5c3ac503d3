import type { ConformanceAnswer, Move } from '../contract.ts'

/** How the picture lies: along the path, and across it. */
export interface PathFrame {
  isUpright: boolean
  /** From one step to the next. */
  pitch: number
  /** What all journeys together are wide. */
  full: number
  /** Room across on the side of the skips, and on that of the returns. */
  before: number
  behind: number
}

export const LYING: PathFrame = { isUpright: false, pitch: 140, full: 56, before: 118, behind: 112 }
export const UPRIGHT: PathFrame = { isUpright: true, pitch: 172, full: 34, before: 60, behind: 60 }

export interface Arc {
  move: Move
  kind: 'skip' | 'allowed' | 'back'
  width: number
  d: string
}

export interface Layout {
  width: number
  height: number
  /** Bars at the steps, as high as the share that made them. */
  nodes: { x: number; y: number; width: number; height: number; isGone: boolean }[]
  bands: { d: string; width: number }[]
  arcs: Arc[]
  drops: string[]
}

/** Thinner ways than this share of all are told in the table only. */
const LEAST_SHARE = 0.01
const MOST_ARCS = 14
const NODE = 14

/** The path as a drawing: pure numbers of an answer. */
export function layPath(
  { steps, figures }: Pick<ConformanceAnswer, 'steps' | 'figures'>,
  frame: PathFrame,
): Layout {
  const { isUpright, pitch, full, before, behind } = frame
  const all = Math.max(1, figures.journeys)
  const along = (step: number) => (step === 0 ? pitch * 0.14 : (step - 0.5) * pitch)
  const point = (u: number, v: number) =>
    isUpright ? `${round(before + v)} ${round(u)}` : `${round(u)} ${round(before + v)}`
  const thick = (n: number) => Math.max(1.5, (n / all) * full)
  const span = steps.length * pitch
  const nodes = steps.map(({ isGone }, at) => {
    const long = Math.max(10, ((figures.steps[at]?.reached?.n ?? 0) / all) * full) + 6
    const u = along(at + 1) - NODE / 2
    const v = before - long / 2
    return isUpright
      ? { x: v, y: u, width: long, height: NODE, isGone }
      : { x: u, y: v, width: NODE, height: long, isGone }
  })
  const bands = figures.moves
    .filter(({ from, to }) => to === from + 1)
    .map(({ from, to, n }) => ({ d: `M${point(along(from), 0)} L${point(along(to), 0)}`, width: thick(n) }))
  const drops = steps.flatMap((_, at) => {
    const stuck = figures.steps[at]?.deadEnd?.n ?? 0
    if (stuck / all < LEAST_SHARE / 4) return []
    const [u, half, end] = [along(at + 1), thick(stuck) / 2, behind - 2]
    // It falls away, narrower as it goes.
    const low = Math.max(1, half * 0.45)
    return [
      `M${point(u - half, 0)} C${point(u - half, end * 0.6)} ${point(u - low, end * 0.4)} ${point(u - low, end)} L${point(u + low, end)} C${point(u + low, end * 0.4)} ${point(u + half, end * 0.6)} ${point(u + half, 0)}Z`,
    ]
  })
  return {
    width: isUpright ? before + behind : span,
    height: isUpright ? span : before + behind,
    ...{ nodes, bands, drops },
    arcs: layArcs({ steps, figures }, frame, { along, point, thick }),
  }
}

interface Rule {
  along: (step: number) => number
  point: (u: number, v: number) => string
  thick: (n: number) => number
}

/** Skips on one side of the path, returns on the other; the thickest of them. */
function layArcs(
  { steps, figures }: Pick<ConformanceAnswer, 'steps' | 'figures'>,
  { isUpright, before, behind }: PathFrame,
  { along, point, thick }: Rule,
): Arc[] {
  const all = Math.max(1, figures.journeys)
  return figures.moves
    .filter(({ from, to, n }) => to !== from + 1 && n / all >= LEAST_SHARE)
    .sort((a, b) => b.n - a.n)
    .slice(0, MOST_ARCS)
    .map((move) => {
      const { from, to, n } = move
      const reach = 0.4 + 0.6 * Math.min(1, (Math.abs(to - from) - 1) / Math.max(1, steps.length - 2))
      const [begin, end] = [along(from), along(to)]
      const width = thick(n)
      // A Bézier curve comes three quarters of the way to its handles.
      const high =
        (to > from ? -(before - width / 2 - 2) : behind - width / 2 - (isUpright ? 6 : 22)) * reach * (4 / 3)
      const lean = (end - begin) * 0.12
      const d = `M${point(begin, 0)} C${point(begin + lean, high)} ${point(end - lean, high)} ${point(end, 0)}`
      return { move, kind: kindOf(move, steps), width, d }
    })
}

/** A way ahead past steps that may all be left out is as intended. */
export function kindOf({ from, to }: Move, steps: ConformanceAnswer['steps']): Arc['kind'] {
  if (to < from) return 'back'
  const passed = steps.slice(from, to - 1)
  return passed.some(({ isOptional, isGone }) => !isOptional && !isGone) ? 'skip' : 'allowed'
}

const round = (value: number) => Math.round(value * 10) / 10
