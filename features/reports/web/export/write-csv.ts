import { toCsvLine } from '../../../../kernel/csv.ts'
import { findMinorDigits } from '../../../../kernel/currencies.ts'
import type { ReportTable } from '../report-frame.ts'

/** One table for a spreadsheet; money in whole units. The mark in front tells Excel that it is UTF-8. */
export function writeCsv({ columns, rows }: ReportTable, currency: string): string {
  const unit = 10 ** (findMinorDigits(currency) ?? 2)
  const head = columns.map(({ title, kind }) => (kind === 'money' ? `${title}, ${currency}` : title))
  const lines = rows.map((row) =>
    toCsvLine(
      row.map((cell, at) => {
        if (typeof cell !== 'number') return cell
        // What isn't a number must not come out as one.
        if (!Number.isFinite(cell)) return null
        return round(columns[at]?.kind === 'money' ? cell / unit : cell)
      }),
    ),
  )
  return `\ufeff${toCsvLine(head)}${lines.join('')}`
}

const round = (value: number) => Math.round(value * 1e6) / 1e6
