import type { MeasureVerdict } from '../contract.ts'

export interface VerdictScale {
  /** Round numbers from the bottom to the top. */
  ticks: number[]
  /** 0 … 1 from the bottom. */
  at(value: number): number
}

/** Weekly points of fewer persons jump about by themselves and are left out. */
export const FEWEST_A_WEEK = 5

/** Room for the weeks that are drawn and the levels before and after, in at most five round steps. */
export function makeVerdictScale({
  weeks,
  place,
  others,
  measure,
}: MeasureVerdict): VerdictScale | undefined {
  const levels = [place.before, place.after, others.before, others.after].flatMap((one) =>
    one ? [one.mean, one.low, one.high] : [],
  )
  const points = weeks.flatMap((week) =>
    [week.place, week.others].flatMap((one) => (one && one.n >= FEWEST_A_WEEK ? [one.mean] : [])),
  )
  const values = [...levels, ...points]
  if (values.length === 0) return undefined
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const [floor, ceiling] = measure === 'said' ? [-100, 100] : [0, 1]
  const step = roundStep((most - least || (ceiling - floor) / 10) / 3)
  const low = Math.max(floor, Math.floor(least / step + 1e-9) * step)
  const high = Math.min(ceiling, Math.max(low + step, Math.ceil(most / step - 1e-9) * step))
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step)
  return { ticks, at: (value) => Math.min(1, Math.max(0, (value - low) / (high - low))) }
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power
}

/** Lines through the weeks that enough persons were in; the week of the change and gaps break them. */
export function drawWeeks(
  weeks: MeasureVerdict['weeks'],
  which: 'place' | 'others',
  scale: VerdictScale,
): string[] {
  const lines: string[][] = [[]]
  for (const [index, week] of weeks.entries()) {
    const one = week[which]
    if (week.at === 0 || !one || one.n < FEWEST_A_WEEK) {
      lines.push([])
      continue
    }
    lines.at(-1)?.push(`${((index + 0.5) * 100).toFixed(1)} ${(100 - scale.at(one.mean) * 100).toFixed(2)}`)
  }
  return lines.filter((line) => line.length > 1).map((line) => `M${line.join('L')}`)
}

/** From and to which week, in weeks from the left edge, a level stands. */
export function findSpan(weeks: MeasureVerdict['weeks'], side: 'before' | 'after', settled: number) {
  const own = weeks.flatMap(({ at }, index) => {
    const isOwn = side === 'after' ? at > 0 : at < -settled
    return isOwn ? [index] : []
  })
  const [first, last] = [own[0], own.at(-1)]
  return first === undefined || last === undefined ? undefined : { from: first, to: last + 1 }
}
