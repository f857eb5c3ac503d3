import type { Db } from '../../../platform/postgres.ts'
import type { Deps, Job, Room } from '../../../platform/room.ts'
import { createPeopleConsumer } from './consumer/people-consumer.ts'
import { addDecisionRoutes } from './decisions-routes.ts'
import { finishErasures } from './erasing/finish-erasures.ts'
import { replayErasures } from './erasing/replay-erasures.ts'
import { forgetBroughtLinks, type LinkMirror, startLinkMirror } from './mirror/link-mirror.ts'
import { watchMirror } from './mirror/watch-mirror.ts'
import { addPeopleRoutes } from './people-routes.ts'

export interface PeopleRoomOptions {
  /** All rooms, whose parts this room gathers: paths, merges, exports, erasures. Asked late, as the list holds this room too. */
  rooms: () => readonly Room[]
}

/** Who the shop's customers are: identities, merges, and the path of each person from every room. */
export function createPeopleRoom({ rooms }: PeopleRoomOptions): Room {
  const mirrors = new Map<Db, LinkMirror>()
  const others = () => rooms().filter((room) => room.name !== 'people')
  const onLinks = () => {
    for (const mirror of mirrors.values()) mirror.wake()
  }
  return {
    name: 'people',
    routes(app, deps) {
      addPeopleRoutes(app, deps, others)
      addDecisionRoutes(app, { deps, rooms: others, onLinks })
    },
    consumes: [createPeopleConsumer({ rooms: others, onLinks })],
    emits: ['Person Merged', 'Person Unmerged'],
    jobs: listJobs(others),
    async start(deps) {
      mirrors.set(deps.db, startLinkMirror(deps))
      watchMirror(deps)
      replayErasures(deps, others()).catch((error) =>
        deps.log.error({ err: error }, 'erasures could not be repeated on the restored data'),
      )
    },
    async stop({ db }) {
      await mirrors.get(db)?.close()
      mirrors.delete(db)
    },
  }
}

function listJobs(rooms: () => readonly Room[]): Job[] {
  return [
    { name: 'people-finish-erasures', cron: '* * * * *', run: (deps: Deps) => finishErasures(deps, rooms()) },
    { name: 'people-forget-links', cron: '17 3 * * *', run: ({ db }: Deps) => forgetBroughtLinks(db) },
  ]
}
