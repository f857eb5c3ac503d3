import { dropEmpty, type ReportSearch, readReportSearch } from '../../reports/web/parts.ts'
import type { Registry } from '../../touchpoints/contract.ts'

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

/** A link may ask for what the shop hasn't any more: then it is the touchpoint, the whole path, or everybody. */
export function keepKnown(
  { place, audience, ...rest }: ChangesSearch,
  { stages, touchpoints }: Pick<Registry, 'stages' | 'touchpoints'>,
  audiences: readonly { key: string }[],
): ChangesSearch {
  const [key, measure] = place?.split('.') ?? []
  const found = touchpoints.find(
    (one) => one.key === key && one.isOn && stages.some((stage) => stage.key === one.stage),
  )
  const hasApart =
    found && found.standards.length > 1 && found.standards.some((one) => one.measure === measure)
  return dropEmpty<ChangesSearch>({
    ...rest,
    place: hasApart ? place : found?.key,
    audience: audiences.some((one) => one.key === audience) ? audience : undefined,
  })
}
