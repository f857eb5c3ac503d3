import type { Db } from '../../../platform/postgres.ts'
import type { Room } from '../../../platform/room.ts'
import { createArrivalsSubscription } from './arrivals-subscription.ts'
import type { FindSiblings } from './compare-quotes.ts'
import { addHoursRoutes } from './hours-routes.ts'
import { forgetOldSpans } from './span-store.ts'
import { createStandardsConsumer } from './standards-consumer.ts'
import { standardsPersonParts } from './standards-person.ts'
import { type StandardsRecorder, startStandardsRecorder } from './standards-recorder.ts'
import { listMeasuredMoments } from './standards-timeline.ts'

export interface StandardsRoom extends Room {
  /** Resolves when all that is due is in the history (tests, the command line). */
  drain(db: Db): Promise<void>
}

/** Standards that span events: how long an answer took, whether the day and the price were the promised ones. */
export function createStandardsRoom(findSiblings: FindSiblings): StandardsRoom {
  const recorders = new Map<Db, StandardsRecorder>()
  const wake = () => {
    for (const recorder of recorders.values()) recorder.wake()
  }
  return {
    name: 'standards',
    routes: addHoursRoutes,
    consumes: [createStandardsConsumer(wake)],
    subscribes: [createArrivalsSubscription(wake)],
    jobs: [{ name: 'standards-forget-spans', cron: '41 3 * * *', run: ({ db }) => forgetOldSpans(db) }],
    timeline: listMeasuredMoments,
    person: standardsPersonParts,
    async start(deps) {
      recorders.set(deps.db, startStandardsRecorder(deps, findSiblings))
    },
    async stop({ db }) {
      await recorders.get(db)?.close()
      recorders.delete(db)
    },
    drain: async (db) => recorders.get(db)?.drain(),
  }
}
