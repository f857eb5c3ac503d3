import { SAYS, type Says } from './packed.ts'
import { type History, type HistoryEvent, textAt } from './read-history.ts'

/** What became of an order, by the first report of each state. */
export interface OrderStory {
  id: string
  placed?: HistoryEvent
  arrivedAt?: number
  receivedAt?: number
  refusedAt?: number
  cancelledAt?: number
  /** Of the packed order what lies in it; '' where nothing is said of that. */
  insert?: string
}

const STATES = new Map<Says, 'arrivedAt' | 'receivedAt' | 'refusedAt' | 'cancelledAt'>([
  [SAYS.arrived, 'arrivedAt'],
  [SAYS.received, 'receivedAt'],
  [SAYS.refused, 'refusedAt'],
  [SAYS.cancelled, 'cancelledAt'],
])

/** Orders with an id, in the order in which something is first reported of them. */
export function readOrders({ events }: History): OrderStory[] {
  const stories = new Map<string, OrderStory>()
  for (const event of events) {
    const state = STATES.get(event.says)
    const isPart = state !== undefined || event.says === SAYS.placed || event.says === SAYS.packed
    if (event.order === '' || !isPart) continue
    const story: OrderStory = stories.get(event.order) ?? { id: event.order }
    stories.set(event.order, story)
    if (state) story[state] ??= event.at
    else if (event.says === SAYS.placed) story.placed ??= event
    else story.insert ||= textAt(event, 0)
  }
  return [...stories.values()]
}

/** When it ended one way or the other. */
export function findEnd({ receivedAt, refusedAt }: OrderStory): number | undefined {
  if (receivedAt === undefined || refusedAt === undefined) return receivedAt ?? refusedAt
  return Math.min(receivedAt, refusedAt)
}
