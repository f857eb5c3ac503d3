import { cleanText } from '../../../../kernel/text.ts'
import { isObject } from './step.ts'

const MAX_DEPTH = 32
const MAX_KEYS = 256

/** Keys that would reach into an object's prototype where somebody merges it carelessly. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

export type JsonProblem = 'too_deep' | 'too_many_keys'

interface Look {
  isTextClean: boolean
  isDirty: boolean
  problem: JsonProblem | undefined
  weight: number
}

/** What a value takes beside its signs: quotes, a colon, a comma; a number at its longest. */
const VALUE_WEIGHT = 28
/** A UTF-16 unit takes at most six bytes in JSON, as an escape. */
const UNIT_WEIGHT = 6

/**
 * The same value without NUL, lone surrogates and keys that reach into prototypes; the very object when there are
 * none. Or the problem that makes it unusable. Goes no deeper than the limit, so it is safe on any nesting. `weight`
 * is a cheap bound: as JSON the value has no more bytes than that.
 */
export function cleanJson<T>(
  value: T,
  isTextClean: boolean,
): { value: T; weight: number } | { problem: JsonProblem } {
  const look: Look = { isTextClean, isDirty: false, problem: undefined, weight: 0 }
  inspect(value, look, 1)
  if (look.problem) return { problem: look.problem }
  return { value: look.isDirty ? (rebuild(value) as T) : value, weight: look.weight }
}

function inspect(value: unknown, look: Look, depth: number): void {
  look.weight += VALUE_WEIGHT
  if (typeof value === 'string') inspectText(value, look)
  else if (typeof value === 'object' && value !== null) {
    if (depth > MAX_DEPTH) look.problem = 'too_deep'
    else if (Array.isArray(value)) inspectList(value, look, depth)
    else inspectObject(value, look, depth)
  }
}

function inspectText(text: string, look: Look): void {
  look.weight += text.length * UNIT_WEIGHT
  if (!look.isTextClean && cleanText(text) !== text) look.isDirty = true
}

function inspectList(list: readonly unknown[], look: Look, depth: number): void {
  for (const item of list) {
    inspect(item, look, depth + 1)
    if (look.problem) return
  }
}

function inspectObject(object: object, look: Look, depth: number): void {
  let keys = 0
  for (const key in object) {
    if (++keys > MAX_KEYS) look.problem = 'too_many_keys'
    if (look.problem) return
    if (FORBIDDEN_KEYS.has(key)) look.isDirty = true
    inspectText(key, look)
    inspect((object as Record<string, unknown>)[key], look, depth + 1)
  }
}

/** Called within the depth that `inspect` has measured. */
function rebuild(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(rebuild)
  if (!isObject(value)) return value
  const pairs = Object.entries(value).filter(([key]) => !FORBIDDEN_KEYS.has(key))
  return Object.fromEntries(pairs.map(([key, item]) => [cleanText(key), rebuild(item)]))
}
