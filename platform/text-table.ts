/** One column of a table for a terminal. */
export interface TextColumn {
  title: string
  /** Numbers stand right. */
  isNumber?: boolean
}

const GAP = '  '

/** Lines of a table for people, columns as wide as their longest cell. */
export function formatTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, at) =>
    rows.reduce((width, row) => Math.max(width, [...(row[at] ?? '')].length), [...title].length),
  )
  const formatRow = (cells: readonly string[]) =>
    columns
      .map(({ isNumber }, at) => pad(cells[at] ?? '', widths[at] as number, isNumber === true))
      .join(GAP)
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join(GAP)
  return [formatRow(columns.map(({ title }) => title)), rule, ...rows.map(formatRow)]
}

function pad(text: string, width: number, isRight: boolean): string {
  const missing = ' '.repeat(Math.max(0, width - [...text].length))
  return isRight ? missing + text : text + missing
}

/** `1234567.891` → `1,234,567.89`: at most `digits` after the point. */
export function formatCount(value: number, digits = 2): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

/** `0.1234` → `12.3 %`. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
