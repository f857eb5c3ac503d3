import { AppError } from '../../../kernel/errors.ts'

export interface XmlHandler {
  /** `findLine` counts lines, so it is called for messages only. */
  open(name: string, attributes: Record<string, string>, findLine: () => number): void
  close(name: string, findLine: () => number): void
}

/** A small reader of XML as it comes in: elements and attributes, no text. Fails with `unprocessable` and the line. */
export interface XmlScanner {
  push(text: string): void
  /** Fails when an element is still open. */
  finish(): void
}

const MAX_TAG = 1024 * 1024
const MAX_DEPTH = 200
const TAG = /<([^\s/>"'=<]+)((?:\s+[^\s=>"'/<]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const CLOSING = /<\/([^\s>]+)\s*>/y
const GT = 0x3e
const DOUBLE = 0x22
const SINGLE = 0x27

interface ScanState {
  text: string
  at: number
  /** Line breaks in the text that was dropped before `text`. */
  linesBefore: number
  open: string[]
  hasRoot: boolean
  handler: XmlHandler
}

/**
 * Not a general parser: document types are refused, so that no entity can be declared, only the five that XML knows
 * and character numbers are replaced.
 */
export function createXmlScanner(handler: XmlHandler): XmlScanner {
  const state: ScanState = { text: '', at: 0, linesBefore: 0, open: [], hasRoot: false, handler }
  return {
    push(text) {
      state.linesBefore += countLines(state.text, state.at)
      state.text = state.text.slice(state.at) + text
      state.at = 0
      while (scanNext(state));
      if (state.text.length - state.at > MAX_TAG) fail(state, 'there is a tag longer than 1 MB.')
    },
    finish() {
      const name = state.open.at(-1)
      if (name !== undefined) fail(state, `the file ends inside <${name}>. It was cut; get it again.`)
      if (!state.hasRoot) fail(state, 'there is no XML element.')
      if (state.text.slice(state.at).trim() !== '') fail(state, 'the file ends inside a tag.')
    },
  }
}

/** Deals with one piece of markup; false when its end hasn't come yet. */
function scanNext(state: ScanState): boolean {
  const start = state.text.indexOf('<', state.at)
  if (start < 0) {
    state.linesBefore += countLines(state.text, state.text.length)
    state.text = ''
    state.at = 0
    return false
  }
  state.at = start
  const { text } = state
  if (text.startsWith('<?', start)) return skipPast(state, '?>')
  if (!text.startsWith('<!', start)) return scanTag(state)
  if (text.startsWith('<!--', start)) return skipPast(state, '-->')
  if (text.startsWith('<![CDATA[', start)) return skipPast(state, ']]>')
  if (isBegun(text, start, '<!--') || isBegun(text, start, '<![CDATA[')) return false
  return fail(state, 'document types and entity declarations are not read. Take them out.')
}

/** Does the text end inside this opening? */
function isBegun(text: string, start: number, opening: string): boolean {
  return text.length - start < opening.length && opening.startsWith(text.slice(start))
}

function skipPast(state: ScanState, ending: string): boolean {
  const end = state.text.indexOf(ending, state.at + ending.length)
  if (end < 0) return false
  state.at = end + ending.length
  return true
}

function scanTag(state: ScanState): boolean {
  const { text, at, open, handler } = state
  const end = findTagEnd(text, at)
  if (end < 0) return false
  if (text[at + 1] === '/') {
    CLOSING.lastIndex = at
    const name = CLOSING.exec(text)?.[1]
    if (name === undefined || open.pop() !== name)
      fail(state, `“${text.slice(at, end + 1)}” closes nothing open.`)
    handler.close(name as string, () => findLine(state))
  } else {
    TAG.lastIndex = at
    const match = TAG.exec(text)
    if (!match) fail(state, `“${text.slice(at, Math.min(end + 1, at + 60))}” is not well formed.`)
    const [, name = '', attributes = '', slash = ''] = match as RegExpExecArray
    openElement(state, name, attributes, slash === '/')
  }
  state.at = end + 1
  return true
}

function openElement(state: ScanState, name: string, attributes: string, isEmpty: boolean): void {
  const { open, handler } = state
  if (open.length === 0 && state.hasRoot) fail(state, 'there is a second root element.')
  if (open.length >= MAX_DEPTH) fail(state, `elements lie more than ${MAX_DEPTH} deep in one another.`)
  state.hasRoot = true
  const read: Record<string, string> = {}
  for (const [, key = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    read[key] = decodeText(state, double ?? single ?? '')
  }
  handler.open(name, read, () => findLine(state))
  if (isEmpty) handler.close(name, () => findLine(state))
  else open.push(name)
}

/** Where the tag ends; a `>` inside quotes doesn't end it. */
function findTagEnd(text: string, from: number): number {
  let quote = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) quote = code === quote ? 0 : quote
    else if (code === DOUBLE || code === SINGLE) quote = code
    else if (code === GT) return at
  }
  return -1
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeText(state: ScanState, text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{0,12})(;?)/g, (whole, name: string, end: string) => {
    const decoded = end === '' ? undefined : (NAMED[name] ?? decodeNumber(name))
    return decoded ?? fail(state, `“${whole}” stands for nothing that XML knows.`)
  })
}

function decodeNumber(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (!digits) return undefined
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function countLines(text: string, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

function findLine({ text, at, linesBefore }: ScanState): number {
  return 1 + linesBefore + countLines(text, at)
}

function fail(state: ScanState, reason: string): never {
  throw new AppError('unprocessable', `Line ${findLine(state)}: ${reason}`)
}
