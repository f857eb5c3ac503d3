import { room as accounts } from '../features/accounts/server/room.ts'
import { room as ingestion } from '../features/ingestion/server/room.ts'
import { createPeopleRoom } from '../features/people/server/room.ts'
import { room as upkeep } from '../features/upkeep/server/room.ts'
import type { Room } from '../platform/room.ts'

/** The rooms, in the order in which they are wired: routes, consumers, timelines, merges and erasures follow it. */
export const rooms: Room[] = [accounts, ingestion, createPeopleRoom({ rooms: () => rooms }), upkeep]
