import { useNavigate, useSearch } from '@tanstack/react-router'
import { dropEmpty, type ReportSearch } from './report-search.ts'

/**
 * The question lives in the address, so that it can be sent to a colleague and saved. `read` makes sense of what
 * anybody may have typed there. `change` asks anew; `open` is a step that the back button undoes.
 */
export function useReportAddress<Search extends ReportSearch>(
  read: (raw: Record<string, unknown>) => Search,
) {
  const navigate = useNavigate()
  const search = read(useSearch({ strict: false }) as Record<string, unknown>)
  const go = (part: Partial<Search>, replace: boolean) =>
    void navigate({
      to: '.',
      search: dropEmpty({ ...search, ...part }) as never,
      replace,
      resetScroll: false,
    })
  return {
    search,
    change: (part: Partial<Search>) => go(part, true),
    open: (part: Partial<Search>) => go(part, false),
  }
}
