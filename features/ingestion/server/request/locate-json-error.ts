/** Where a text stops being JSON, as people count: lines and columns from 1. */
export interface JsonFault {
  line: number
  column: number
  /** What stands there, or that the text ends. */
  found: string
}

const WHITE = ' \t\n\r'
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const WORD = /true|false|null/y

type Expect = 'value' | 'key' | 'colon' | 'afterValue' | 'firstKey' | 'firstValue'

/**
 * Finds the first place that JSON doesn't allow (RFC 8259). The runtime's own message leaves the place out for long
 * texts. Reads without recursion, so any nesting is fine; undefined for a text that is JSON.
 */
export function locateJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = []
  let expect: Expect = 'value'
  let at = 0
  for (;;) {
    while (at < text.length && WHITE.includes(text[at] as string)) at++
    const sign = text[at]
    if (sign === undefined)
      return open.length === 0 && expect === 'afterValue' ? undefined : describe(text, at)
    const next = step(text, at, sign, expect, open)
    if (next === undefined) return describe(text, sign === '"' ? passString(text, at) : at)
    at = next.at
    expect = next.expect
  }
}

function step(text: string, at: number, sign: string, expect: Expect, open: ('{' | '[')[]) {
  const inside = open.at(-1)
  if (expect === 'afterValue') {
    if (inside === undefined) return undefined
    if (sign === ',') return { at: at + 1, expect: inside === '{' ? ('key' as const) : ('value' as const) }
    return sign === closing(inside) ? close(open, at) : undefined
  }
  if (expect === 'colon') return sign === ':' ? { at: at + 1, expect: 'value' as const } : undefined
  if (expect === 'firstKey' && sign === '}') return close(open, at)
  if (expect === 'firstValue' && sign === ']') return close(open, at)
  if (expect === 'key' || expect === 'firstKey') {
    const end = stringEnd(text, at)
    return end === undefined ? undefined : { at: end, expect: 'colon' as const }
  }
  if (sign === '{' || sign === '[') {
    open.push(sign)
    return { at: at + 1, expect: sign === '{' ? ('firstKey' as const) : ('firstValue' as const) }
  }
  const end = stringEnd(text, at) ?? matchEnd(NUMBER, text, at) ?? matchEnd(WORD, text, at)
  return end === undefined ? undefined : { at: end, expect: 'afterValue' as const }
}

function close(open: ('{' | '[')[], at: number) {
  open.pop()
  return { at: at + 1, expect: 'afterValue' as const }
}

function closing(sign: '{' | '['): string {
  return sign === '{' ? '}' : ']'
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** The place after a text in quotes; undefined when none begins here or it doesn't end well. */
function stringEnd(text: string, at: number): number | undefined {
  if (text[at] !== '"') return undefined
  const end = passString(text, at)
  return text[end] === '"' ? end + 1 : undefined
}

/** Goes on from an opening quote to the closing one, or to the first sign that can't stand between them. */
function passString(text: string, quote: number): number {
  let at = quote + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) {
      const end = matchEnd(ESCAPE, text, at)
      if (end === undefined) return at
      at = end
    } else if (code === 0x22 || !(code >= 0x20)) return at
    else at++
  }
}

function describe(text: string, at: number): JsonFault {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  const sign = text.codePointAt(at)
  return { line, column, found: sign === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(sign)) }
}
