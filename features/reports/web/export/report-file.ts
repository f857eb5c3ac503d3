import type { Fact } from '../report-facts.ts'
import type { ReportTable } from '../report-frame.ts'

/** A report as its files need it: everything in the reader's words. */
export interface ReportFile {
  title: string
  shop: string
  currency: string
  /** Without its ending. */
  fileName: string
  facts: readonly Fact[]
  /** What a sample means, sentence by sentence; empty without one. */
  sample: readonly string[]
  /** How everything is counted, paragraph by paragraph. */
  definition: readonly string[]
  link: string
  tables: readonly ReportTable[]
  words: { about: string; shop: string; link: string; definition: string }
}
