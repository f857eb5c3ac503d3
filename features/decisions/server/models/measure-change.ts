import { type Bounds, estimateMean } from '../../../../kernel/stats/estimate-mean.ts'
import { FLOOR_NUMBER, FLOOR_WORD } from '../../../../kernel/stats/floors.ts'
import type { MeasureVerdict } from '../../contract.ts'
import type { Comparison, EffectMeasure } from '../../vocabulary.ts'
import { type Cells, cellOf, type Group, type Measured, sumsOf, type Window, weekCellOf } from './cells.ts'
import { type Contrast, estimateContrast, type Term } from './difference-in-differences.ts'
import { CHANGE_WEEK, type Windows } from './plan-windows.ts'

/** Where values of a person can lie; money has no end. */
export const BOUNDS: Record<Measured, Bounds | undefined> = {
  said: { low: -100, high: 100 },
  kept: { low: 0, high: 1 },
  orders: { low: 0, high: 1 },
  money: undefined,
}

/** A measure before and after, there and in its comparison; the word is found when all are known. */
export type MeasuredChange = Omit<MeasureVerdict, 'word'>

export interface MeasurePlan {
  measure: EffectMeasure
  windows: Windows
  /** Compared with persons outside the decision's segment instead of other touchpoints. */
  hasSegment: boolean
  /** The day on which a week begins. */
  dayOf: (week: number) => string
}

export function measureChange(cells: Cells, plan: MeasurePlan): MeasuredChange {
  const { measure } = plan
  const { comparison, group } = chooseComparison(cells, plan)
  const level = (cell: number) => estimateMean(sumsOf(cells, measure, cell), BOUNDS[measure]) ?? null
  const sideOf = (of: Group) => ({
    before: level(cellOf(of, 'before')),
    after: level(cellOf(of, 'after')),
  })
  const before = group && compareWindows(cells, measure, group, 'early', 'late')
  const isSeen = before !== undefined && before.smallest >= FLOOR_WORD
  return {
    measure,
    comparison,
    place: sideOf('place'),
    others: group ? sideOf(group) : { before: null, after: null },
    change: compareWindows(cells, measure, group, 'before', 'after') ?? null,
    before: before ?? null,
    isApartBefore: isSeen && before.p < 0.05,
    isAlikeBefore: isSeen && before.p >= 0.05,
    weeks: listWeeks(plan, group, level),
  }
}

/** After less before, and less the same of the group that it is compared with. */
export function compareWindows(
  cells: Cells,
  measured: Measured,
  group: Group | undefined,
  before: Window,
  after: Window,
): Contrast | undefined {
  const terms: Term[] = [
    { cell: cellOf('place', after), sign: 1 },
    { cell: cellOf('place', before), sign: -1 },
  ]
  if (group) terms.push({ cell: cellOf(group, after), sign: -1 }, { cell: cellOf(group, before), sign: 1 })
  return estimateContrast(cells, measured, terms, BOUNDS[measured])
}

export const groupOf = (comparison: Comparison): Group | undefined =>
  (({ segment: 'near', stage: 'near', shop: 'rest', none: undefined }) as const)[comparison]

/** The nearest group in which enough was seen before and after. */
function chooseComparison(cells: Cells, { measure, hasSegment }: MeasurePlan) {
  const smallest = (group: Group) =>
    Math.min(...(['before', 'after'] as const).map((one) => sumsOf(cells, measure, cellOf(group, one)).n))
  const ways: [Comparison, number][] = hasSegment
    ? [['segment', FLOOR_WORD]]
    : [
        ['stage', FLOOR_NUMBER],
        ['shop', FLOOR_NUMBER],
      ]
  const [comparison = 'none' as const] =
    ways.find(([way, floor]) => {
      const group = groupOf(way)
      return group !== undefined && smallest(group) >= floor
    }) ?? []
  return { comparison, group: groupOf(comparison) }
}

function listWeeks(
  { windows, dayOf }: MeasurePlan,
  group: Group | undefined,
  level: (cell: number) => MeasureVerdict['weeks'][number]['place'],
): MeasureVerdict['weeks'] {
  const weeks: MeasureVerdict['weeks'] = []
  for (let week = windows.before.from; week < windows.after.to; week++)
    weeks.push({
      day: dayOf(week),
      // Counted from the week of the change.
      at: week - CHANGE_WEEK,
      place: level(weekCellOf('place', week)),
      others: group ? level(weekCellOf(group, week)) : null,
    })
  return weeks
}
