import { dropEmpty, type ReportSearch, readReportSearch } from '../../reports/web/parts.ts'

/** What the address says: which weekly figures lie open below. */
export interface ChangesSearch extends ReportSearch {
  place?: string
  audience?: string
}

const PLACE = /^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$/

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readChangesSearch(raw: Record<string, unknown>): ChangesSearch {
  const { place, audience } = raw
  const { sample, saved } = readReportSearch(raw)
  return dropEmpty<ChangesSearch>({
    sample,
    saved,
    place: typeof place === 'string' && PLACE.test(place) ? place : undefined,
    audience:
      typeof audience === 'string' && audience.length <= 160 && audience.includes(':') ? audience : undefined,
  })
}
