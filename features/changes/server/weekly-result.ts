import type { Dimension } from '../vocabulary.ts'
import {
  type Audience,
  EVERYBODY,
  type Figures,
  type Place,
  type Sums,
  VISIT,
  type Week,
} from './models/figures.ts'
import { bothCode, knownCode, type LineRow, type PackedWeek, STEPS } from './weekly-query.ts'
import type { WeeksPlan } from './weeks-plan.ts'

/** Figures as plain data, to be kept and handed to a thread. */
export interface WeeklyData {
  firstWeek: number
  weeks: number
  followedWeeks: number
  places: (Place & { code: number; groupCode: number })[]
  audiences: Audience[]
  /** Persons of all weeks, and the share of those of whom nothing but a browser is known. */
  persons: number
  unidentifiedShare: number
  /** By place and audience, which stretch of `numbers` is theirs. */
  lines: [place: number, audience: number, from: number, to: number][]
  /** Weeks one after another, `WIDE` numbers each: tens of millions of characters were they lists, to be copied for each thread. */
  numbers: Float64Array
}

/** Week, persons, followed, ordered, three sums of what was said, kept and timed, median and upper quarter. */
const WIDE = 15
/** As a week comes from the store; some of them are lists. */
const FIELDS = 8

/** Puts the parts of the persons together: sums add up, quantiles of random parts are weighed by how many were measured. */
export function joinParts(
  plan: WeeksPlan,
  audiences: Audience[],
  parts: readonly LineRow[][],
): Omit<WeeklyData, 'persons' | 'unidentifiedShare'> {
  const [first = [], ...others] = parts
  const rows = others.length === 0 ? first : addRows(parts.flat())
  return {
    firstWeek: plan.firstWeek,
    weeks: plan.weeks,
    followedWeeks: plan.followedWeeks,
    places: plan.places.map(({ timed: _, standards: __, ...place }) => place),
    audiences,
    ...flatten(rows),
  }
}

function flatten(rows: readonly LineRow[]): Pick<WeeklyData, 'lines' | 'numbers'> {
  const numbers = new Float64Array(WIDE * rows.reduce((sum, { packed }) => sum + packed.length, 0))
  let at = 0
  const lines = rows.map(({ place, audience, packed }): WeeklyData['lines'][number] => {
    const from = at
    for (const week of packed) {
      for (let field = 0; field < FIELDS; field++) {
        const value = week[field] as number | readonly number[]
        if (typeof value === 'number') numbers[at++] = value
        else for (let part = 0; part < value.length; part++) numbers[at++] = value[part] as number
      }
    }
    return [place, audience, from, at]
  })
  return { lines, numbers }
}

/** A row for each place and audience, whose weeks are those of all parts. */
function addRows(rows: readonly LineRow[]): LineRow[] {
  const lines = new Map<string, { place: number; audience: number; weeks: Map<number, PackedWeek> }>()
  for (const { place, audience, packed } of rows) {
    const key = `${place} ${audience}`
    const line = lines.get(key) ?? { place, audience, weeks: new Map<number, PackedWeek>() }
    lines.set(key, line)
    for (const week of packed) {
      const known = line.weeks.get(week[0])
      line.weeks.set(week[0], known ? addWeeks(known, week) : week)
    }
  }
  return [...lines.values()].map(({ weeks, ...line }) => ({ ...line, packed: [...weeks.values()] }))
}

function addWeeks(a: PackedWeek, b: PackedWeek): PackedWeek {
  const sums = (at: 4 | 5 | 6) =>
    a[at].map((value, index) => value + (b[at][index] as number)) as PackedWeek[4]
  const n = Math.max(1, a[6][0] + b[6][0])
  const weigh = (at: 0 | 1) => (a[7][at] * a[6][0] + b[7][at] * b[6][0]) / n
  return [a[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], sums(4), sums(5), sums(6), [weigh(0), weigh(1)]]
}

/** The same figures by their names, as the models read them. */
export function toFigures(data: Omit<WeeklyData, 'persons' | 'unidentifiedShare'>): Figures {
  const { firstWeek, weeks, followedWeeks, places, audiences } = data
  const codes = new Map(
    places.flatMap(
      ({ key, code, group, groupCode }) =>
        [
          [key, code],
          [group, groupCode],
        ] as const,
    ),
  )
  const audienceCodes = new Map([[EVERYBODY, 0], ...audiences.map(({ key }, at) => [key, at + 1] as const)])
  const scales = new Map(places.map(({ code, speed }) => [code, speed?.scale ?? 1]))
  const stretches = new Map(
    data.lines.map(([place, audience, from, to]) => [
      place * 65_536 + audience,
      data.numbers.subarray(from, to),
    ]),
  )
  const unpacked = new Map<number, (Week | undefined)[]>()
  const read = (place: string, audience: number | undefined): readonly (Week | undefined)[] => {
    const code = codes.get(place)
    if (code === undefined || audience === undefined) return Array(weeks).fill(undefined)
    const key = code * 65_536 + audience
    const known = unpacked.get(key)
    if (known) return known
    const line = unpack(stretches.get(key) ?? new Float64Array(), {
      firstWeek,
      weeks,
      scale: scales.get(code) ?? 1,
    })
    unpacked.set(key, line)
    return line
  }
  const count = (audience: number | undefined) =>
    read(VISIT, audience)
      .slice(-RECENT)
      .reduce((sum, week) => sum + (week?.n ?? 0), 0)
  return {
    ...{ firstWeek, weeks, followedWeeks, places, audiences },
    line: (place, audience) => read(place, audienceCodes.get(audience)),
    known: (place, dimension: Dimension) => read(place, knownCode(dimension)),
    recent: (one) => count(audienceCodes.get(one)),
    both(one, other) {
      const [a, b] = [audienceCodes.get(one) ?? 0, audienceCodes.get(other) ?? 0]
      return a === b ? count(a) : count(bothCode(a, b))
    },
    recentKnown: (dimension, of) =>
      count(
        of === undefined ? knownCode(dimension) : bothCode(audienceCodes.get(of) ?? 0, knownCode(dimension)),
      ),
  }
}

const RECENT = 8

interface Frame {
  firstWeek: number
  weeks: number
  scale: number
}

function unpack(numbers: Float64Array, { firstWeek, weeks, scale }: Frame): (Week | undefined)[] {
  const all = Array<Week | undefined>(weeks).fill(undefined)
  const value = (step: number) => scale * Math.expm1(step / STEPS)
  for (let from = 0; from < numbers.length; from += WIDE) {
    const read = (at: number) => numbers[from + at] as number
    const sums = (at: number): Sums => ({ n: read(at), sum: read(at + 1), squares: read(at + 2) })
    const at = read(0) - firstWeek
    if (at < 0 || at >= weeks) continue
    const one = {
      n: read(1),
      followed: read(2),
      ordered: read(3),
      said: sums(4),
      kept: sums(7),
      speed: sums(10),
    }
    all[at] = { ...one, median: value(read(13)), upper: value(read(14)) }
  }
  return all
}
