import { localDay } from '../../../../kernel/time.ts'
import type { Registry } from '../../../touchpoints/contract.ts'
import { cellOf, GROUPS, type Measured, WINDOWS, weekCellOf } from '../models/cells.ts'
import type { Weeks, WindowsPlan } from '../models/plan-windows.ts'
import type { PersonValue } from './to-pairs.ts'

export interface SlowEvent {
  who: string
  at: number
  name: string
  touchpoint: string
  arrival: string
  valence: number | null
  measure: string
  measured: number | null
  /** '' is an order of its own. */
  order: string | null
  amount: number
}

export interface SlowPlan {
  registry: Pick<Registry, 'touchpoints'>
  zone: string
  windows: WindowsPlan
  /** Touchpoints of the place, near it, and the rest. */
  groups: readonly (readonly string[])[]
  isInside?: (who: string) => boolean
}

const FOLLOW_UP_MS = 14 * 86_400_000

/** Values of persons in cells as they are defined: person by person, window by window, event by event. */
export function walkEffects(events: readonly SlowEvent[], plan: SlowPlan): PersonValue[] {
  return [...new Set(events.map(({ who }) => who))].flatMap((who) =>
    walkPerson(
      events.filter((one) => one.who === who),
      who,
      plan,
    ),
  )
}

function walkPerson(events: readonly SlowEvent[], who: string, plan: SlowPlan): PersonValue[] {
  const values: PersonValue[] = []
  const groups = plan.isInside ? plan.groups.slice(0, 1) : plan.groups
  const weekOf = ({ at }: SlowEvent) => Math.floor((localDay(at, plan.zone) - plan.windows.first) / 7)
  for (const kind of ['facts', 'orders'] as const)
    for (const { weeks, cell } of listWindows(plan.windows[kind])) {
      const here = events.filter((one) => weekOf(one) >= weeks.from && weekOf(one) < weeks.to)
      for (const [g, keys] of groups.entries()) {
        const group = GROUPS[plan.isInside?.(who) === false ? 1 : g] as (typeof GROUPS)[number]
        const add = (measured: Measured, value: number | undefined) => {
          if (value !== undefined) values.push({ person: who, measured, cell: cell(group), value })
        }
        if (kind === 'facts') {
          add('said', meanOf(here.filter((one) => keys.includes(one.touchpoint)).map(sayingOf)))
          add(
            'kept',
            meanOf(here.filter((one) => keys.includes(one.touchpoint)).map((one) => judge(one, plan))),
          )
          continue
        }
        const first = firstContact(here, keys)
        if (first === undefined || (g > 0 && firstContact(here, groups[0] ?? []) !== undefined)) continue
        const orders = listOrders(events).filter(({ at }) => at > first && at <= first + FOLLOW_UP_MS)
        add('orders', orders.length > 0 ? 1 : 0)
        add(
          'money',
          orders.reduce((sum, { amount }) => sum + amount, 0),
        )
      }
    }
  return values
}

function listWindows(windows: WindowsPlan['facts']) {
  const named = WINDOWS.map((name) => ({
    weeks: windows[name],
    cell: (group: (typeof GROUPS)[number]) => cellOf(group, name),
  }))
  const weekly: typeof named = []
  for (let week = windows.before.from; week < windows.after.to; week++) {
    const weeks: Weeks = { from: week, to: week + 1 }
    weekly.push({ weeks, cell: (group) => weekCellOf(group, week) })
  }
  return [...named, ...weekly]
}

function meanOf(values: (number | undefined)[]): number | undefined {
  const known = values.filter((one) => one !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0) / known.length
}

const sayingOf = ({ valence }: SlowEvent) => (valence === null ? undefined : valence * 100)

function judge({ touchpoint, measure, measured }: SlowEvent, { registry }: SlowPlan): number | undefined {
  const standards = registry.touchpoints.find(({ key }) => key === touchpoint)?.standards ?? []
  const standard = standards.find((one) => one.measure === measure)
  if (!standard || measured === null) return undefined
  const isWithin = (bound: number) =>
    standard.direction === 'at_most' ? measured <= bound : measured >= bound
  return isWithin(standard.good) ? 1 : isWithin(standard.bad) ? 0.5 : 0
}

function firstContact(events: readonly SlowEvent[], keys: readonly string[]): number | undefined {
  const times = events
    .filter(({ name }) => !['Standard Measured', 'Page Measured', 'Feedback Given'].includes(name))
    .filter(({ touchpoint, arrival }) => keys.includes(touchpoint) || keys.includes(arrival))
    .map(({ at }) => at)
  return times.length === 0 ? undefined : Math.min(...times)
}

function listOrders(events: readonly SlowEvent[]): { at: number; amount: number }[] {
  const told = events.filter(({ order }) => order !== null).sort((a, b) => a.at - b.at)
  return told.filter(({ order }, at) => order === '' || told.findIndex((one) => one.order === order) === at)
}
