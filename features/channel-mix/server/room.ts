import type { Room } from '../../../platform/room.ts'
import { addChannelMixRoutes } from './channel-mix-routes.ts'

/** Which ways of care belong to orders, and how content their customers are. */
export const room: Room = { name: 'channel-mix', routes: addChannelMixRoutes }
