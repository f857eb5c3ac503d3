import type { Room } from '../../../platform/room.ts'
import { ORDERS_ARRIVED } from './announce-arrivals.ts'
import { orderPersonParts } from './order-person.ts'
import { listOrderMoments } from './order-timeline.ts'
import { ordersConsumer } from './orders-consumer.ts'
import { addOrderRoutes } from './orders-routes.ts'
import type { PeopleLookup } from './people-lookup.ts'
import { refoldJob } from './refold-job.ts'

export type { PeopleLookup }

/** Orders: what was promised, what happened, and whether the customer took it. */
export function createOrdersRoom(people: PeopleLookup): Room {
  return {
    name: 'orders',
    routes: (app, deps) => addOrderRoutes(app, deps, people),
    consumes: [ordersConsumer],
    emits: [ORDERS_ARRIVED],
    jobs: [refoldJob],
    timeline: listOrderMoments,
    person: orderPersonParts,
  }
}
