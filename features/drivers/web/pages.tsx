import { DriversPage } from './drivers-page.tsx'

export const pages = { report: DriversPage }
