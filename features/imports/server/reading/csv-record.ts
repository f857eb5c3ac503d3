/** A record that goes on in the next line: the cells read so far and the open one. */
export interface OpenRecord {
  cells: string[]
  cell: string
}

export type ScannedLine = { cells: string[] } | { open: OpenRecord } | 'broken'

const QUOTE = 0x22
const SPACES = /^ +/

/**
 * Reads one line of CSV, or goes on with a record that an earlier line left open. Quotes count only where a cell
 * begins with one (`5" screen` is plain text); a closing quote must be followed by the delimiter or the end.
 */
export function scanLine(text: string, delimiter: string, open?: OpenRecord): ScannedLine {
  if (!open && !text.includes('"')) return { cells: text.split(delimiter) }
  const cells = open?.cells ?? []
  let cell = open ? `${open.cell}\n` : ''
  let isQuoted = open !== undefined
  let at = 0
  for (;;) {
    if (!isQuoted) {
      if (text.charCodeAt(at) !== QUOTE) {
        const end = text.indexOf(delimiter, at)
        cells.push(end < 0 ? text.slice(at) : text.slice(at, end))
        if (end < 0) return { cells }
        at = end + 1
        continue
      }
      at += 1
      cell = ''
      isQuoted = true
    }
    const quote = text.indexOf('"', at)
    if (quote < 0) return { open: { cells, cell: cell + text.slice(at) } }
    cell += text.slice(at, quote)
    if (text.charCodeAt(quote + 1) === QUOTE) {
      cell += '"'
      at = quote + 2
      continue
    }
    at = skipSpaces(text, quote + 1, delimiter)
    if (at < text.length && text[at] !== delimiter) return 'broken'
    cells.push(cell)
    if (at >= text.length) return { cells }
    at += 1
    isQuoted = false
  }
}

function skipSpaces(text: string, from: number, delimiter: string): number {
  if (text[from] === delimiter || from >= text.length) return from
  return from + (SPACES.exec(text.slice(from, from + 64))?.[0].length ?? 0)
}
