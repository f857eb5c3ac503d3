import type { Registry, Standard } from '../../../touchpoints/contract.ts'
import type { ContactSketch } from './record-contacts.ts'

/**
 * The map as its definitions read, person by person and contact by contact, with none of the store's means: what the
 * statements are compared with. Slow, and meant to be obvious.
 */
export interface SlowStage {
  persons: number
  contacts: number
  said: SlowMean
  kept: SlowMean
  moved: number
  seconds: number[]
  after: Record<string, number>
  promises: { kept: number; broken: number }
  places: Record<string, { persons: number; contacts: number; said: SlowMean; kept: SlowMean }>
}

export interface SlowMean {
  n: number
  sum: number
}

interface Fact {
  at: number
  code: number
  stage: string
  touchpoint: string
  isContact: boolean
  valence?: number
  outcome?: number
  promise?: boolean
}

interface Span {
  opened: number
  ended: number
  received: number | undefined
}

const DAY = 86_400_000
const PROMISES = ['days_late', 'price_same']
const END_NAMES = ['Order Delivered', 'Order Refused', 'Order Returned', 'Order Cancelled']

export function drawSlowMap(
  contacts: readonly ContactSketch[],
  registry: Registry,
  period: { from: number; to: number },
  personOf: (who: string) => string,
  // A part of the period, seen with the orders as the whole period knows them.
  part = period,
): Record<string, SlowStage> {
  const spans = findSpans(contacts, period, personOf)
  const byPerson = groupBy(
    contacts.filter(({ at }) => at >= part.from && at < part.to),
    ({ who }) => personOf(who),
  )
  const stages = Object.fromEntries(registry.stages.map(({ key }) => [key, emptyStage()]))
  for (const [person, own] of byPerson) {
    const facts = own.flatMap((contact) => readFacts(contact, registry, spans.get(person) ?? []))
    addPerson(stages, facts, spans.get(person) ?? [], registry)
  }
  return stages
}

function emptyStage(): SlowStage {
  const none = () => ({ n: 0, sum: 0 })
  return {
    persons: 0,
    contacts: 0,
    said: none(),
    kept: none(),
    moved: 0,
    seconds: [],
    after: {},
    promises: { kept: 0, broken: 0 },
    places: {},
  }
}

function findSpans(
  contacts: readonly ContactSketch[],
  { from, to }: { from: number; to: number },
  personOf: (who: string) => string,
): Map<string, Span[]> {
  const heard = contacts.filter(
    ({ order, name = '', at }) => order && name.startsWith('Order ') && at < to && at >= from - 120 * DAY,
  )
  const spans = new Map<string, Span[]>()
  for (const facts of groupBy(heard, ({ order }) => order).values()) {
    const sorted = facts.toSorted((a, b) => a.at - b.at)
    const first = sorted[0] as ContactSketch
    const end = sorted.find(({ name = '' }) => END_NAMES.includes(name))
    const received = sorted.find(({ name }) => name === 'Order Delivered')
    const span = { opened: first.at, ended: end?.at ?? first.at + 60 * DAY, received: received?.at }
    const person = personOf(first.who)
    spans.set(person, [...(spans.get(person) ?? []), span])
  }
  return spans
}

function readFacts(contact: ContactSketch, registry: Registry, spans: readonly Span[]): Fact[] {
  const { at, name = '', arrival, touchpoint, valence, measure, measured } = contact
  const isOpen = spans.some(({ opened, ended }) => opened <= at && at <= ended)
  const isOwned = spans.some(
    ({ received }) => received !== undefined && received <= at && at <= received + 60 * DAY,
  )
  const place = (key: string | undefined) => {
    const found = registry.touchpoints.find((one) => one.key === key && one.isOn)
    if (!found) return undefined
    const stage = (isOpen ? found.stageWhileOrdered : isOwned ? found.stageAfterReceipt : null) ?? found.stage
    return {
      at,
      touchpoint: found.key,
      stage,
      code: orderOf(found.key, registry),
      standards: found.standards,
    }
  }
  const facts: Fact[] = []
  const way = place(arrival)
  if (way) facts.push({ ...way, isContact: true })
  const here = place(touchpoint)
  if (!here) return facts
  const isMeasurement = name === 'Standard Measured' || name === 'Page Measured'
  const isOpinion = registry.touchpoints.find(({ key }) => key === touchpoint)?.stage === 'opinion'
  const standard = here.standards.find((one) => one.measure === measure)
  facts.push({
    ...here,
    isContact: !isMeasurement && (name !== 'Feedback Given' || isOpinion),
    valence,
    outcome: standard && measured !== undefined ? judge(standard, measured) : undefined,
    promise: PROMISES.includes(measure ?? ''),
  })
  return facts
}

/** Along the path: by stages, then by the registry's own order. */
function orderOf(key: string, { stages, touchpoints }: Registry): number {
  const touchpoint = touchpoints.findIndex((one) => one.key === key)
  const stage = stages.findIndex((one) => one.key === touchpoints[touchpoint]?.stage)
  return stage * 10_000 + touchpoint
}

function judge({ direction, good, bad }: Standard, value: number): number {
  if (direction === 'at_most') return value <= good ? 1 : value > bad ? 0 : 0.5
  return value >= good ? 1 : value < bad ? 0 : 0.5
}

function addPerson(
  stages: Record<string, SlowStage>,
  facts: readonly Fact[],
  spans: readonly Span[],
  registry: Registry,
): void {
  for (const [key, here] of groupBy(facts, ({ stage }) => stage)) {
    const stage = stages[key] as SlowStage
    count(stage, here)
    for (const { outcome, promise } of here) {
      if (promise && outcome === 1) stage.promises.kept++
      if (promise && outcome === 0) stage.promises.broken++
    }
    for (const [touchpoint, there] of groupBy(here, (fact) => fact.touchpoint)) {
      const place = stage.places[touchpoint] ?? emptyStage()
      stage.places[touchpoint] = place
      count(place, there)
      // Something was said or measured there: that proves a contact.
      const contacts = Math.max(1, there.filter(({ isContact }) => isContact).length)
      place.contacts += contacts
      stage.contacts += contacts
    }
  }
  addFlow(stages, facts, spans, registry)
}

function count(into: { persons: number; said: SlowMean; kept: SlowMean }, facts: readonly Fact[]): void {
  into.persons++
  addMean(
    into.said,
    facts.flatMap(({ valence }) => valence ?? []),
  )
  addMean(
    into.kept,
    facts.flatMap(({ outcome }) => outcome ?? []),
  )
}

function addMean(into: SlowMean, values: readonly number[]): void {
  if (values.length === 0) return
  into.n++
  into.sum += values.reduce((sum, value) => sum + value, 0) / values.length
}

function addFlow(
  stages: Record<string, SlowStage>,
  facts: readonly Fact[],
  spans: readonly Span[],
  registry: Registry,
): void {
  const rank = (key: string) => registry.stages.findIndex((one) => one.key === key)
  const contacts = facts.filter(({ isContact }) => isContact).sort((a, b) => a.at - b.at || a.code - b.code)
  for (const stage of new Set(contacts.map((contact) => contact.stage))) {
    const into = stages[stage] as SlowStage
    const last = contacts.findLastIndex((contact) => contact.stage === stage)
    const journey = cutJourneys(contacts, spans).find((one) => one.includes(contacts[last] as Fact)) as Fact[]
    const first = journey.findIndex((contact) => contact.stage === stage)
    const later = journey.slice(first).find((contact) => rank(contact.stage) > rank(stage))
    if (later) {
      into.moved++
      into.seconds.push((later.at - (journey[first] as Fact).at) / 1000)
    }
    const next = journey[journey.indexOf(contacts[last] as Fact) + 1]?.stage ?? 'nowhere'
    into.after[next] = (into.after[next] ?? 0) + 1
  }
}

/** 30 days of silence begin a new journey, unless orders own every moment of them. */
function cutJourneys(contacts: readonly Fact[], spans: readonly Span[]): Fact[][] {
  const journeys: Fact[][] = []
  for (const [index, contact] of contacts.entries()) {
    const before = contacts[index - 1]
    const isCut = before && contact.at - before.at > 30 * DAY && !isOwnedAlong(before.at, contact.at, spans)
    if (!before || isCut) journeys.push([])
    journeys.at(-1)?.push(contact)
  }
  return journeys
}

function isOwnedAlong(from: number, to: number, spans: readonly Span[]): boolean {
  const owned = spans.flatMap(({ opened, ended, received }) => [
    [opened, ended] as const,
    ...(received === undefined ? [] : [[received, received + 60 * DAY] as const]),
  ])
  let at = from
  for (;;) {
    const next = Math.max(
      at,
      ...owned.filter(([begin, end]) => begin <= at && at <= end).map(([, end]) => end),
    )
    if (next >= to) return true
    if (next === at) return false
    at = next
  }
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
