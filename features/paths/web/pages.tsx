import { PathsPage } from './paths-page.tsx'

export const pages = { paths: PathsPage }
