import { lazy } from 'react'

const load = () => import('../features/boards/web/pin-dialog.tsx')

/**
 * Pins the question of a page to a board. Boards show every room's reports and so know all of them; here the rooms find the way
 * back without knowing boards.
 */
export const PinDialog = lazy(() => load().then(({ PinDialog }) => ({ default: PinDialog })))
