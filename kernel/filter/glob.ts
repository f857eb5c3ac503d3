/** Does the whole text fit the pattern? `*` is any characters, also none; `?` is one code point. Never backtracks deep. */
export type GlobTest = (text: string) => boolean

/** What stands between two `*`: its characters, and the whole of it where no `?` is in it. */
interface Part {
  chars: readonly string[]
  literal: string | undefined
}

/** Compiles a pattern. Its time is at most the text's length times the pattern's. */
export function compileGlob(pattern: string): GlobTest {
  const parts = pattern.split('*').map(toPart)
  const first = parts[0]?.chars ?? []
  if (parts.length === 1) return (text) => matchAt(text, 0, first) === text.length
  const last = parts.at(-1) ?? toPart('')
  const middle = parts.slice(1, -1).filter(({ chars }) => chars.length > 0)
  return (text) => {
    let at = matchAt(text, 0, first)
    for (const part of middle) {
      if (at < 0) return false
      at = findPart(text, at, part)
    }
    return at >= 0 && matchEnd(text, at, last)
  }
}

function toPart(text: string): Part {
  return { chars: Array.from(text), literal: text.includes('?') ? undefined : text }
}

/** The same pattern as an RE2 expression. `.` is one code point there, and `s` lets it be a line break. */
export function toRe2(pattern: string): string {
  const body = Array.from(pattern, (char) => {
    if (char === '*') return '.*'
    if (char === '?') return '.'
    return /[\\^$.|?*+()[\]{}-]/.test(char) ? `\\${char}` : char
  })
  return `\\A(?s:${body.join('')})\\z`
}

/** Where the match of a part that begins at `at` ends, or -1. */
function matchAt(text: string, at: number, part: readonly string[]): number {
  let to = at
  for (const char of part) {
    if (to >= text.length) return -1
    if (char === '?') to += sizeAt(text, to)
    else if (text.startsWith(char, to)) to += char.length
    else return -1
  }
  return to
}

/** Where the leftmost match of a part ends, or -1. Leftmost is enough: what follows a `*` may begin anywhere later. */
function findPart(text: string, from: number, part: Part): number {
  if (part.literal !== undefined) {
    const at = text.indexOf(part.literal, from)
    return at < 0 ? -1 : at + part.literal.length
  }
  for (let at = from; at < text.length; at += sizeAt(text, at)) {
    const end = matchAt(text, at, part.chars)
    if (end >= 0) return end
  }
  return -1
}

function matchEnd(text: string, from: number, { chars, literal }: Part): boolean {
  if (literal !== undefined) return text.length - from >= literal.length && text.endsWith(literal)
  let at = text.length
  for (const _ of chars) {
    if (at <= from) return false
    at -= sizeBefore(text, at)
  }
  return at >= from && matchAt(text, at, chars) === text.length
}

function sizeAt(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function sizeBefore(text: string, at: number): 1 | 2 {
  return at >= 2 && sizeAt(text, at - 2) === 2 ? 2 : 1
}
