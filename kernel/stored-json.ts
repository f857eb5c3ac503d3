import { cleanText } from './text.ts'

/** The texts and the long whole numbers of a document, as they are written. */
const TEXTS_AND_LONG_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{19,}(?![\d.eE])/g
const LONG_NUMBER = /\d{19}/
const SUSPICIOUS = /\d{19}|[eE]\+?\d{3}|\\u(?:[dD][89a-fA-F]|0000)/
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\[\]|\{\}|[[\]{}]/g
/** Objects and lists with something in them that the engine goes into. */
const MAX_DEPTH = 1023

/**
 * JSON that the history can read. The engine refuses a whole document for one integer beyond 64 bits or one half
 * character, so such an integer is written with an exponent (the same float), and texts are cleaned. How deep a
 * document goes is for the caller to limit.
 */
export function toStoredJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null'
  return LONG_NUMBER.test(text) || text.includes('\\u')
    ? text.replace(TEXTS_AND_LONG_NUMBERS, storeToken)
    : text
}

function storeToken(token: string): string {
  if (!token.startsWith('"')) return fitsInteger(token) ? token : `${token}e0`
  return token.includes('\\u') ? JSON.stringify(cleanText(String(JSON.parse(token)))) : token
}

/** The object that a stored text holds; undefined where the history couldn't read it either. */
export function readStoredJson(text: string): Record<string, unknown> | undefined {
  if (text === '' || text === '{}') return undefined
  if ((text.length > MAX_DEPTH || SUSPICIOUS.test(text)) && !isReadable(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isReadable(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(TOKENS)) {
    const first = token.charAt(0)
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    else if (token === '[]' || token === '{}') continue
    else if (first === '"' ? !isWholeText(token) : !isStorableNumber(token)) return false
    if (depth > MAX_DEPTH) return false
  }
  return true
}

function isWholeText(token: string): boolean {
  if (!token.includes('\\u')) return true
  try {
    const text = String(JSON.parse(token))
    return cleanText(text) === text.replaceAll('\0', '')
  } catch {
    return false
  }
}

function isStorableNumber(token: string): boolean {
  return /[.eE]/.test(token) ? Number.isFinite(Number(token)) : fitsInteger(token)
}

function fitsInteger(token: string): boolean {
  if (token.length < 19) return true
  const value = BigInt(token)
  return value >= -(2n ** 63n) && value < 2n ** 64n
}
