import { messageHash } from '../../../../kernel/hash128.ts'
import type { TimeRange } from '../../../../kernel/time.ts'
import type { Unit, Until } from '../../vocabulary.ts'

/** What a test tells of an event. */
export interface WalkedEvent {
  id: string
  who: string
  at: number
  /** The way by which the visit came, the contact itself, and whether it is one. */
  arrival: string
  touchpoint: string
  isContact: boolean
  order: boolean
  amount: number
}

export interface WalkedUnit {
  who: string
  /** Contacts in order, with repeats. */
  steps: { node: string; at: number }[]
  outcome: 'left' | 'ordered' | 'open'
  value: number
}

interface Moment {
  at: number
  tie: number
  what: number
  node: string
  amount: number
}

export interface WalkOptions {
  shop: number
  period: TimeRange
  now: number
  unit: Unit
  until: Until
  /** Nodes in the order of the registry: what a tie is broken by last. */
  nodes: readonly string[]
}

const SILENCE = { journey: 30 * 86_400_000, visit: 30 * 60_000 }

/** Every unit of every person, found by walking through the events one by one, as the statement describes itself. */
export function walkUnits(events: readonly WalkedEvent[], options: WalkOptions): WalkedUnit[] {
  const { period, unit } = options
  const silence = SILENCE[unit]
  const persons = new Map<string, Map<string, Moment>>()
  for (const event of events) {
    if (event.at < period.from - silence || event.at >= period.to) continue
    const moments = persons.get(event.who) ?? new Map<string, Moment>()
    persons.set(event.who, moments)
    // The same message again is the same moment.
    for (const moment of toMoments(event, options.shop)) moments.set(`${event.id} ${moment.what}`, moment)
  }
  return [...persons].flatMap(([who, moments]) =>
    cut([...moments.values()].sort(byMoment(options.nodes)), silence)
      .filter(([first]) => (first as Moment).at >= period.from)
      .flatMap((leg) => walkLeg(who, leg, options)),
  )
}

function toMoments(event: WalkedEvent, shop: number): Moment[] {
  const { at, id, arrival, touchpoint, isContact, order, amount } = event
  const tie = Number.parseInt(messageHash(shop, id).slice(0, 3), 16) >> 2
  return [
    ...(isContact && arrival !== '' ? [{ at, tie, what: 0, node: arrival, amount }] : []),
    ...(isContact ? [{ at, tie, what: 1, node: touchpoint, amount }] : []),
    ...(order ? [{ at, tie, what: 2, node: '', amount }] : []),
  ]
}

const byMoment = (nodes: readonly string[]) => (a: Moment, b: Moment) =>
  a.at - b.at ||
  a.tie - b.tie ||
  a.what - b.what ||
  nodes.indexOf(a.node) - nodes.indexOf(b.node) ||
  a.amount - b.amount

function cut(moments: readonly Moment[], silence: number): Moment[][] {
  const legs: Moment[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (const moment of moments) {
    if (moment.at - last > silence) legs.push([])
    legs.at(-1)?.push(moment)
    last = moment.at
  }
  return legs
}

function walkLeg(who: string, leg: Moment[], { period, now, unit, until }: WalkOptions): WalkedUnit[] {
  const place = leg.findIndex(({ what }) => what === 2)
  const order = leg[place]
  const followed = order && until === 'order' ? leg.slice(0, place + 1) : leg
  const steps = followed.flatMap(({ node, at }) => (node === '' ? [] : [{ node, at }]))
  if (steps.length === 0) return []
  const isOpen = (leg.at(-1) as Moment).at + SILENCE[unit] >= Math.min(period.to, now)
  const outcome = order ? 'ordered' : isOpen ? 'open' : 'left'
  return [{ who, steps, outcome, value: order?.amount ?? 0 }]
}

/** The same contact again is no new step. */
export const collapseSteps = (steps: WalkedUnit['steps']): WalkedUnit['steps'] =>
  steps.filter(({ node }, at) => node !== steps[at - 1]?.node)
