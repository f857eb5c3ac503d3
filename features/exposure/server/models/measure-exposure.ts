import type { Refusal } from '../../contract.ts'
import { isHappening, type Outcome } from '../../vocabulary.ts'
import { type Bin, tellBins } from './bins.ts'
import { countDays, type DaysCount, type DrawnRows, drawRows } from './draw-rows.ts'
import {
  type Family,
  fitWeighted,
  keepIndependent,
  type WeightedFit,
  type WeightedRows,
} from './fit-weighted.ts'
import { bend, makeBinColumns, makeControls } from './make-columns.ts'
import { contrast, type Estimate, findMargins } from './margins.ts'
import type { DaysQuestion, PersonHistory } from './person-days.ts'
import { type FutureTest, judgeFuture, testFuture } from './test-future.ts'

export interface ExposureBin extends Bin {
  /** What is expected after so many contacts, all else alike; none where the model couldn't be fitted. */
  adjusted: Estimate | null
  /** What it has more than the group before it. */
  gain: Estimate | null
}

export interface MeasuredExposure extends DaysCount {
  refusal: Refusal | null
  bins: ExposureBin[]
  smooth: (Estimate & { contacts: number })[]
  /** What the contacts that there were have brought, against none: the average over days with contacts. */
  effect: Estimate | null
  future: FutureTest | null
  /** The group after which more contacts don't bring more, by its first number; null: the last one still does. */
  enough: number | null
  /** Outcomes needed at the least, where there were too few. */
  needed: number | null
}

/** Below five outcomes for each coefficient intervals are too short (Vittinghoff and McCulloch 2007). */
const EVENTS_PER_COEFFICIENT = 5
const MIN_PERSONS = 100
/** A further gain of less than a twentieth isn't one. */
const MIN_GAIN = 0.05
/** The smooth curve is drawn up to so many contacts. */
const MAX_SMOOTH = 12

/** How the outcome changes with the number of earlier contacts, and whether that may be believed. */
export function measureExposure(
  histories: readonly PersonHistory[],
  question: DaysQuestion,
  maxRows: number,
): MeasuredExposure {
  const told = estimateExposure(histories, question, maxRows)
  if (told.refusal === null) return told
  // A curve that can't be believed isn't shown: it would be believed.
  const bins = told.bins.map((bin) => ({ ...bin, adjusted: null, gain: null }))
  return { ...told, bins, smooth: [], effect: null, enough: null }
}

/** The same with the curve, be it believed or not; none where the data can't carry one. */
export function estimateExposure(
  histories: readonly PersonHistory[],
  question: DaysQuestion,
  maxRows: number,
): MeasuredExposure {
  const count = countDays(histories, question)
  const bins = tellBins(histories, question)
  const bare: MeasuredExposure = {
    ...count,
    ...{ refusal: null, smooth: [], effect: null, future: null, enough: null, needed: null },
    bins: bins.map((bin) => ({ ...bin, adjusted: null, gain: null })),
  }
  const tooFew = findTooFew(bins, count)
  if (tooFew) return { ...bare, refusal: tooFew }
  const rows = drawRows(histories, question, count, maxRows)
  const controls = pickControls(rows, question.outcome)
  const needed = EVENTS_PER_COEFFICIENT * (controls.length + bins.length - 1)
  if (count.events < needed) return { ...bare, refusal: 'few_outcomes', needed }
  const family: Family = isHappening(question.outcome) ? 'binomial' : 'gaussian'
  const curve = drawCurve(rows, controls, family, bins)
  if (!curve) return { ...bare, refusal: 'told_apart' }
  const future = testFuture(rows, controls, family)
  const tested = future === 'ends' || !future ? null : future
  const refusal: Refusal | null = tested ? judgeFuture(tested) : future === 'ends' ? future : 'no_future'
  const hasGain = refusal === null && curve.effect.low > 0
  return { ...bare, ...curve, future: tested, refusal, enough: hasGain ? curve.enough : null }
}

function findTooFew(bins: readonly Bin[], count: DaysCount): Refusal | undefined {
  const [none, ...some] = bins as [Bin, ...Bin[]]
  if (some.every(({ days }) => days === 0)) return 'no_contacts'
  if (count.events === 0) return 'no_outcome'
  // Persons of several groups would count twice, so the largest group must do.
  if (Math.max(...some.map(({ persons }) => persons)) < MIN_PERSONS) return 'few_exposed'
  if (none.persons < MIN_PERSONS) return 'few_unexposed'
  if (none.events === 0 || some.every(({ events }) => events === 0)) return 'told_apart'
  return undefined
}

function pickControls(rows: DrawnRows, outcome: Outcome): Float64Array[] {
  const all = makeControls(rows, outcome)
  return keepIndependent(all, rows.weights).map((at) => all[at] as Float64Array)
}

/** Rows with these columns, as the models take them. */
export function toWeighted(rows: DrawnRows, columns: readonly Float64Array[]): WeightedRows {
  const { n, outcome, weights, person, persons } = rows
  return { n, outcome, weights, columns, clusters: { of: person, count: persons } }
}

type Curve = Pick<MeasuredExposure, 'bins' | 'smooth' | 'enough'> & { effect: Estimate }

function drawCurve(
  rows: DrawnRows,
  controls: readonly Float64Array[],
  family: Family,
  bins: readonly Bin[],
): Curve | undefined {
  const starts = bins.map(({ from }) => from)
  const weighted = toWeighted(rows, [...controls, ...makeBinColumns(rows.past, starts)])
  if (keepIndependent(weighted.columns, rows.weights).length < weighted.columns.length) return undefined
  const fit = fitWeighted(weighted, family)
  if (!fit) return undefined
  const settings = starts.map((_, bin) =>
    starts.slice(1).map((_, at) => ({ column: controls.length + at, value: Number(at + 1 === bin) })),
  )
  const margins = findMargins(weighted, family, fit, settings)
  const compare = (more: number, less: number) =>
    contrast(
      margins,
      starts.map((_, at) => Number(at === more) - Number(at === less)),
    )
  const level = (bin: number) =>
    contrast(
      margins,
      starts.map((_, at) => Number(at === bin)),
    )
  return {
    bins: bins.map((bin, at) => ({
      ...bin,
      adjusted: level(at),
      gain: at === 0 ? null : compare(at, at - 1),
    })),
    effect: contrast(margins, weighContacts(bins)),
    enough: findEnough(starts, level, compare),
    smooth: drawSmooth(rows, controls, family, Math.min(MAX_SMOOTH, starts.at(-1) as number)),
  }
}

/** The groups with contacts by their days, against the one without. */
function weighContacts(bins: readonly Bin[]): number[] {
  const days = bins.slice(1).reduce((sum, one) => sum + one.days, 0)
  return bins.map((one, at) => (at === 0 ? -1 : one.days / days))
}

/** The first group that no later one surpasses: its interval leaves nothing below 0, and it is more than a trifle. */
function findEnough(
  starts: readonly number[],
  level: (bin: number) => Estimate,
  compare: (more: number, less: number) => Estimate,
): number | null {
  const last = starts.length - 1
  for (let bin = 0; bin < last; bin++) {
    const least = MIN_GAIN * Math.abs(level(bin).value)
    const isSurpassed = starts.slice(bin + 1).some((_, at) => {
      const gain = compare(bin + 1 + at, bin)
      return gain.low > 0 && gain.value > least
    })
    if (!isSurpassed) return starts[bin] as number
  }
  return null
}

function drawSmooth(
  rows: DrawnRows,
  controls: readonly Float64Array[],
  family: Family,
  most: number,
): MeasuredExposure['smooth'] {
  const bent = Array.from(rows.past, bend)
  const all = [0, 1].map((part) => Float64Array.from(bent, (both) => both[part] as number))
  const columns = [...controls, ...all]
  const kept = keepIndependent(columns, rows.weights)
  const weighted = toWeighted(
    rows,
    kept.map((at) => columns[at] as Float64Array),
  )
  const fit: WeightedFit | undefined = fitWeighted(weighted, family)
  if (!fit) return []
  const places = [0, 1].map((part) => kept.indexOf(controls.length + part))
  const contacts = Array.from({ length: most + 1 }, (_, at) => at)
  const settings = contacts.map((one) =>
    bend(one).flatMap((value, part) => {
      const column = places[part] as number
      return column < 0 ? [] : [{ column, value }]
    }),
  )
  const margins = findMargins(weighted, family, fit, settings)
  return contacts.map((one) => ({
    contacts: one,
    ...contrast(
      margins,
      contacts.map((other) => Number(other === one)),
    ),
  }))
}
