import type { ReactNode } from 'react'
import type { ReportMeta } from '../contract.ts'

/** A table of the report for a spreadsheet: shares as 0…1, money in minor units, days as `YYYY-MM-DD` or instants as ISO 8601. */
export interface ReportTable {
  name: string
  columns: { title: string; kind: 'text' | 'number' | 'share' | 'money' | 'date' }[]
  rows: (string | number | null)[][]
}

/** What a report page gets of `useQuery`. */
export interface ReportQuery<Answer> {
  data: Answer | undefined
  error: unknown
  isError: boolean
  isPlaceholderData: boolean
  refetch: () => unknown
}

export interface ReportPageProps<Answer extends { meta: ReportMeta }> {
  title: string
  subtitle?: ReactNode
  query: ReportQuery<Answer>
  /** `PeriodChooser` and the like. */
  choosers: ReactNode
  /** How everything here is counted, in the owner's words; paragraphs. */
  definition: ReactNode
  tables: (answer: Answer) => ReportTable[]
  /** Of the files, without dates and ending. */
  fileName: string
  /** Asks again by a sample of persons, or of everybody. */
  onSample: (share: number | undefined) => void
  children: (answer: Answer) => ReactNode
}
