import type { Room } from '../../../platform/room.ts'
import { addExposureRoutes } from './exposure-routes.ts'

/** How orders, repeat orders and attitude change with the number of earlier contacts, and whether that may be believed. */
export const room: Room = { name: 'exposure', routes: addExposureRoutes }
