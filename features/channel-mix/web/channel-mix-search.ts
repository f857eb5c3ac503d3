import { dropEmpty, type ReportSearch, readReportSearch } from '../../reports/web/parts.ts'
import { MIX_GROUPS, type MixGroup } from '../vocabulary.ts'

/** What the address says: the question all reports share, and whose list lies open. */
export interface MixSearch extends ReportSearch {
  group?: MixGroup
  mix?: number
  problem?: boolean
}

const ALL_WAYS = 1023

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readMixSearch(raw: Record<string, unknown>): MixSearch {
  const group = MIX_GROUPS.find((one) => one === raw.group)
  const { mix } = raw
  const isMix = Number.isInteger(mix) && (mix as number) >= 0 && (mix as number) <= ALL_WAYS
  return dropEmpty<MixSearch>({
    ...readReportSearch(raw),
    group,
    mix: group === undefined && isMix ? (mix as number) : undefined,
    problem: (group !== undefined || isMix) && raw.problem === true ? true : undefined,
  })
}
