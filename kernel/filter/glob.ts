/** Does the whole text fit the pattern? `*` is any characters, also none; `?` is one code point. Never backtracks deep. */
export type GlobTest = (text: string) => boolean

/** Compiles a pattern. Its time is at most the text's length times the pattern's. */
export function compileGlob(pattern: string): GlobTest {
  const parts = pattern.split('*').map((part) => Array.from(part))
  const first = parts[0] ?? []
  if (parts.length === 1) return (text) => matchAt(text, 0, first) === text.length
  const last = parts.at(-1) ?? []
  const middle = parts.slice(1, -1).filter((part) => part.length > 0)
  return (text) => {
    let at = matchAt(text, 0, first)
    for (const part of middle) {
      if (at < 0) return false
      at = findPart(text, at, part)
    }
    return at >= 0 && matchEnd(text, at, last)
  }
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
function findPart(text: string, from: number, part: readonly string[]): number {
  for (let at = from; at < text.length; at += sizeAt(text, at)) {
    const end = matchAt(text, at, part)
    if (end >= 0) return end
  }
  return -1
}

function matchEnd(text: string, from: number, part: readonly string[]): boolean {
  let at = text.length
  for (const _ of part) {
    if (at <= from) return false
    at -= sizeBefore(text, at)
  }
  return at >= from && matchAt(text, at, part) === text.length
}

function sizeAt(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function sizeBefore(text: string, at: number): 1 | 2 {
  return at >= 2 && sizeAt(text, at - 2) === 2 ? 2 : 1
}
