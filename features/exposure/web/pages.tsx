import { ExposurePage } from './exposure-page.tsx'

export const pages = { exposure: ExposurePage }
