import { room as upkeep } from '../features/upkeep/server/room.ts'
import type { Room } from '../platform/room.ts'

/** The rooms, in the order in which they are wired: routes, consumers, timelines, merges and erasures follow it. */
export const rooms: Room[] = [upkeep]
