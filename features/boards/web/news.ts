import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import type { Alarm } from '../../changes/contract.ts'
import type { Decision, Verdict } from '../../decisions/contract.ts'
import type { Driver, DriversAnswer } from '../../drivers/contract.ts'
import type { JourneyMap, Sentence } from '../../journeys/contract.ts'

type Outcome = DriversAnswer['outcome']

/** One answer that news are made of: on its way, there, or not to be had. */
export type Source<T> = { status: 'loading' } | { status: 'failed' } | { status: 'ready'; data: T }

export interface Sources {
  map: Source<Pick<JourneyMap, 'sentences'>>
  /** One answer for each outcome, in the order in which they are looked at. */
  drivers: readonly Source<Pick<DriversAnswer, 'outcome' | 'drivers' | 'days'>>[]
  verdicts: Source<readonly { decision: Judged; verdict: Verdict }[]>
  changes: Source<{ alarms: readonly NewsAlarm[] }>
  /** Touchpoints whose regular check is due. */
  due: Source<number>
}

/** An alarm that the newest weeks still show. */
export type NewsAlarm = Pick<
  Alarm,
  | 'id'
  | ('metric' | 'place' | 'audience' | 'before' | 'after' | 'low' | 'high' | 'unit' | 'n' | 'past' | 'p')
  | ('fromDay' | 'orders' | 'state')
>
export type Judged = Pick<Decision, 'id' | 'title' | 'day'>
type Measured = Verdict['measures'][number]

export type Story =
  | { kind: 'map'; sentence: Sentence }
  /** The money is that of so many days. */
  | { kind: 'driver'; driver: Driver; outcome: Outcome; days: number }
  | {
      kind: 'verdict'
      decision: Judged
      measure: Measured['measure']
      change: NonNullable<Measured['change']>
      /** Against persons whom the decision didn't touch; else something else may have changed besides. */
      isCausal: boolean
    }
  | { kind: 'alarm'; alarm: NewsAlarm }
  | { kind: 'due'; count: number }

export const SLOTS = ['better', 'worse', 'next'] as const
export type Slot = (typeof SLOTS)[number]

/** What stands in one of the three places. Nothing in it and `ready`: nothing is certain enough to be said. */
export interface News {
  status: 'loading' | 'ready' | 'failed'
  /** The first one carries the place, the others stand small below it. */
  stories: Story[]
}

/** In each place one story, and as many small ones below. */
const SMALL = 2

/** What went better, what went worse, what to do next: only what its own report holds for certain, the weightiest first. */
export function chooseNews({ map, drivers, verdicts, changes, due }: Sources): Record<Slot, News> {
  const said = (slot: Slot): Story[] => {
    const sentence = map.status === 'ready' ? map.data.sentences[slot] : null
    return sentence ? [{ kind: 'map', sentence }] : []
  }
  const judged = (word: 'better' | 'worse'): Story[] =>
    verdicts.status === 'ready' ? verdicts.data.flatMap((one) => tellVerdict(one, word)) : []
  const changed = (way: 'better' | 'worse'): Story[] =>
    changes.status === 'ready'
      ? changes.data.alarms
          .filter((alarm) => judgeAlarm(alarm) === way)
          .map((alarm) => ({ kind: 'alarm', alarm }))
      : []
  const checks: Story[] = due.status === 'ready' && due.data > 0 ? [{ kind: 'due', count: due.data }] : []
  return {
    better: newsOf([map, verdicts, changes], [...judged('better'), ...changed('better'), ...said('better')]),
    worse: newsOf([map, verdicts, changes], [...changed('worse'), ...judged('worse'), ...said('worse')]),
    next: newsOf(
      [map, ...drivers.slice(0, AWAITED)],
      [...listToMend(drivers).slice(0, 1 + SMALL), ...said('next')],
      checks,
    ),
  }
}

/** Outcomes that are money come first; nobody waits for the others, which are heavy too, before they read. */
const AWAITED = 2

/** Who comes is neither good nor bad, unless they order more or less than others for sure; of the rest more is better, but of time. */
function judgeAlarm({ metric, before, after, orders, state }: NewsAlarm): 'better' | 'worse' | undefined {
  if (state === 'fine') return undefined
  const isMore = after > before
  if (metric !== 'share' && metric !== 'reach') return isMore === (metric !== 'speed') ? 'better' : 'worse'
  if (!orders || (orders.low <= 0 && orders.high >= 0)) return undefined
  return isMore === orders.low > 0 ? 'better' : 'worse'
}

/** A place waits for all its answers, so that nobody reads what is about to change. One of them is enough to speak. */
function newsOf(sources: readonly Source<unknown>[], stories: Story[], always: Story[] = []): News {
  const shown = [...stories.slice(0, 1 + SMALL - always.length), ...always]
  if (sources.some(({ status }) => status === 'loading')) return { status: 'loading', stories: [] }
  const isLost = sources.every(({ status }) => status === 'failed')
  return { status: isLost ? 'failed' : 'ready', stories: shown }
}

/** What a decision has brought, by the measure that says so, where enough people stand behind it for a number. */
function tellVerdict(
  { decision, verdict }: { decision: Judged; verdict: Verdict },
  word: 'better' | 'worse',
): Story[] {
  if (verdict.word !== word) return []
  const { expected } = verdict
  const found = verdict.measures.find(
    (one) =>
      (!expected || one.measure === expected.measure) &&
      one.word === word &&
      one.change !== null &&
      one.change.smallest >= FLOOR_NUMBER,
  )
  if (!found?.change) return []
  const isCausal = found.comparison === 'segment' && found.isAlikeBefore
  return [{ kind: 'verdict', decision, measure: found.measure, change: found.change, isCausal }]
}

/** What harms for certain: by the money that it may bring for certain, then in the order of the reports. */
function listToMend(drivers: Sources['drivers']): Story[] {
  const found = drivers.flatMap((source) =>
    source.status === 'ready'
      ? source.data.drivers
          .filter(({ verdict, isChosen }) => verdict === 'harms' && !isChosen)
          .map((driver) => ({
            kind: 'driver' as const,
            driver,
            outcome: source.data.outcome,
            days: source.data.days,
          }))
      : [],
  )
  const best = new Map<string, (typeof found)[number]>()
  // One cause may harm several outcomes; it is told once, where it costs most.
  for (const story of found.toSorted((a, b) => sureMoney(b) - sureMoney(a)))
    if (!best.has(story.driver.key)) best.set(story.driver.key, story)
  return [...best.values()]
}

/** The lower end of what mending would bring in a day; 0 where no money can be told. */
function sureMoney({ driver: { money }, days }: { driver: Driver; days: number }): number {
  return Math.max(0, (money?.margin ?? money?.revenue)?.low ?? 0) / days
}

export interface Finding {
  driver: Driver
  outcome: Outcome
  /** `trap`: looks like a cause at first sight and isn't one. */
  kind: 'harms' | 'helps' | 'trap'
}

/** So many that only look like a cause are told, those that mislead most. */
const MOST_TRAPS = 3

/**
 * What of an outcome's drivers is certain, in the report's own order, and then what would mislead. What customers choose themselves
 * neither harms nor helps: the report keeps it apart, and here it stands only where it misleads.
 */
export function listFindings({ outcome, drivers }: Pick<DriversAnswer, 'outcome' | 'drivers'>): Finding[] {
  const estimated = drivers.filter(({ effect }) => effect !== null)
  const certain = estimated.flatMap((driver): Finding[] =>
    !driver.isChosen && (driver.verdict === 'harms' || driver.verdict === 'helps')
      ? [{ driver, outcome, kind: driver.verdict }]
      : [],
  )
  const traps = estimated
    .filter(({ verdict, isConfounded, naive }) => isTrap(verdict) && isConfounded && naive !== null)
    .toSorted((a, b) => Math.abs(b.naive?.value ?? 0) - Math.abs(a.naive?.value ?? 0))
  return [
    ...certain,
    ...traps.slice(0, MOST_TRAPS).map((driver) => ({ driver, outcome, kind: 'trap' as const })),
  ]
}

const isTrap = (verdict: Driver['verdict']) => verdict === 'none' || verdict === 'unsure'
