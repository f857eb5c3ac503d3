import type { ExposureAnswer, ExposureBin } from '../contract.ts'

export interface Scale {
  low: number
  high: number
  /** Round numbers from the bottom to the top. */
  ticks: number[]
  /** 0 … 1 from the bottom. */
  at(value: number): number
}

/** The groups that anybody was in. */
export const findFilled = (bins: readonly ExposureBin[]): ExposureBin[] => bins.filter(({ days }) => days > 0)

/** Room for all that is drawn, from 0 where 0 is near, with about four round steps. */
export function makeScale(values: readonly number[], hasZero: boolean): Scale {
  const most = Math.max(...values)
  const least = Math.min(...values)
  const bottom = hasZero ? Math.min(0, least) : least
  const span = most - bottom || Math.abs(most) || 1
  const step = roundStep(span / 4)
  const low = Math.floor(bottom / step + 1e-9) * step
  const high = Math.max(low + step, Math.ceil(most / step - 1e-9) * step)
  const count = Math.round((high - low) / step)
  const ticks = Array.from({ length: count + 1 }, (_, at) => low + at * step)
  return { low, high, ticks, at: (value) => Math.min(1, Math.max(0, (value - low) / (high - low))) }
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power
}

/** Where a number of contacts stands among the columns of the groups, in columns from the left edge. */
export function placeOf(contacts: number, bins: readonly ExposureBin[]): number {
  let at = bins.length - 1
  while (at > 0 && contacts < (bins[at] as ExposureBin).from) at--
  const { from, to } = bins[at] as ExposureBin
  const width = to === null ? 1 : to - from + 1
  return at + Math.min(1, (contacts - from + 0.5) / width)
}

/** Paths of the curve and its band, in columns across and hundredths up. */
export function drawSmooth({ smooth, bins }: Pick<ExposureAnswer, 'smooth' | 'bins'>, scale: Scale) {
  const x = (contacts: number) => (placeOf(contacts, bins) * 100).toFixed(1)
  const y = (value: number) => (100 - scale.at(value) * 100).toFixed(2)
  const line = smooth.map(({ contacts, value }) => `${x(contacts)} ${y(value)}`)
  const upper = smooth.map(({ contacts, high }) => `${x(contacts)} ${y(high)}`)
  const lower = smooth.map(({ contacts, low }) => `${x(contacts)} ${y(low)}`).reverse()
  return smooth.length < 2
    ? undefined
    : { line: `M${line.join('L')}`, band: `M${[...upper, ...lower].join('L')}Z` }
}
