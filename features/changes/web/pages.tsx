import { ChangesPage } from './changes-page.tsx'

export const pages = { changes: ChangesPage }
