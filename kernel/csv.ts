/** Spreadsheet programs run a cell that begins like this as a formula; an apostrophe before it makes it text. */
const FORMULA = /^[=+\-@\t\r\n]/
/** Where the reader's country separates cells by semicolons, a text may go on as a cell of its own. */
const INNER_FORMULA = /([;\t\r\n]\s*"?)(?=[=@]|[+-][^\d.,\s])/g
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/
const NEEDS_QUOTES = /[",;\r\n]|^\s|\s$/

/** One line of a CSV file (RFC 4180), safe to open in a spreadsheet whatever customers typed into their names. */
export function toCsvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`
}

function toCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const begun = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
  const text = begun.replace(INNER_FORMULA, "$1'")
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
