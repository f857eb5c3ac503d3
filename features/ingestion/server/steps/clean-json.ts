import { cleanText } from '../../../../kernel/text.ts'
import { isObject } from './step.ts'

const MAX_DEPTH = 32
const MAX_KEYS = 256

/** Keys that would reach into an object's prototype where somebody merges it carelessly. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

export type JsonProblem = 'too_deep' | 'too_many_keys'
type Finding = 'clean' | 'dirty' | JsonProblem

/**
 * The same value without NUL, lone surrogates and keys that reach into prototypes; the very object when there are
 * none. Or the problem that makes it unusable. Goes no deeper than the limit, so it is safe on any nesting.
 */
export function cleanJson<T>(value: T, isTextClean: boolean): { value: T } | { problem: JsonProblem } {
  const finding = inspect(value, isTextClean, 1)
  if (finding === 'clean') return { value }
  if (finding === 'dirty') return { value: rebuild(value) as T }
  return { problem: finding }
}

function isCleanText(text: string): boolean {
  return cleanText(text) === text
}

function inspect(value: unknown, isTextClean: boolean, depth: number): Finding {
  if (typeof value === 'string') return isTextClean || isCleanText(value) ? 'clean' : 'dirty'
  if (typeof value !== 'object' || value === null) return 'clean'
  if (depth > MAX_DEPTH) return 'too_deep'
  return Array.isArray(value)
    ? inspectList(value, isTextClean, depth)
    : inspectObject(value, isTextClean, depth)
}

function inspectList(list: unknown[], isTextClean: boolean, depth: number): Finding {
  let found: Finding = 'clean'
  for (const item of list) {
    const finding = inspect(item, isTextClean, depth + 1)
    if (finding === 'dirty') found = 'dirty'
    else if (finding !== 'clean') return finding
  }
  return found
}

function inspectObject(object: object, isTextClean: boolean, depth: number): Finding {
  let found: Finding = 'clean'
  let keys = 0
  for (const key in object) {
    if (++keys > MAX_KEYS) return 'too_many_keys'
    if (FORBIDDEN_KEYS.has(key) || !(isTextClean || isCleanText(key))) found = 'dirty'
    const item = (object as Record<string, unknown>)[key]
    if (typeof item === 'string' ? isTextClean : typeof item !== 'object') continue
    const finding = inspect(item, isTextClean, depth + 1)
    if (finding === 'dirty') found = 'dirty'
    else if (finding !== 'clean') return finding
  }
  return found
}

/** Called within the depth that `inspect` has measured. */
function rebuild(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(rebuild)
  if (!isObject(value)) return value
  const pairs = Object.entries(value).filter(([key]) => !FORBIDDEN_KEYS.has(key))
  return Object.fromEntries(pairs.map(([key, item]) => [cleanText(key), rebuild(item)]))
}
