import { AppError } from '../errors.ts'
import { cleanText } from '../text.ts'
import { checkCondition } from './check-condition.ts'
import type { CheckedFilter } from './checked.ts'
import { type Filter, MAX_CONDITIONS, MAX_DEPTH } from './schema.ts'

export interface FilterProblem {
  /** Where in the tree, as a JSON pointer: `/all/2/not/value`. */
  path: string
  /** What is wrong and what to do, one sentence or two. */
  message: string
}

export type ParsedFilter = { ok: true; filter: CheckedFilter } | { ok: false; problems: FilterProblem[] }

interface Walk {
  problems: FilterProblem[]
  conditions: number
}

const GROUPS = ['all', 'any', 'not'] as const
const NOTHING: CheckedFilter = { type: 'any', parts: [] }
const MAX_PROBLEMS = 20

/** Settles the meaning of a filter that came from anywhere, or says every place where it has none. */
export function parseFilter(given: unknown): ParsedFilter {
  const walk: Walk = { problems: [], conditions: 0 }
  const filter = check(given, '', 1, walk)
  return walk.problems.length > 0 ? { ok: false, problems: walk.problems } : { ok: true, filter }
}

/** The same for filters that were checked when they were saved: fails with `validation_failed`. */
export function getFilter(given: Filter): CheckedFilter {
  const parsed = parseFilter(given)
  if (parsed.ok) return parsed.filter
  const [first] = parsed.problems
  throw new AppError(
    'validation_failed',
    `The filter has a mistake at “${first?.path || '/'}”: ${first?.message}`,
    {
      details: parsed.problems,
    },
  )
}

function check(given: unknown, path: string, depth: number, walk: Walk): CheckedFilter {
  if (depth > MAX_DEPTH)
    return refuse(walk, path, `Filters may be ${MAX_DEPTH} levels deep. Take some groups together.`)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse(
      walk,
      path,
      'A filter is an object: {all: […]}, {any: […]}, {not: …} or {field, op, value}.',
    )
  }
  const node = given as Record<string, unknown>
  const group = GROUPS.find((key) => Object.hasOwn(node, key))
  if (!group) return checkLeaf(node, path, walk)
  const extra = Object.keys(node).find((key) => key !== group)
  if (extra !== undefined) {
    const name = cleanText(extra).slice(0, 60)
    return refuse(
      walk,
      path,
      `“${group}” stands alone in its object; put “${name}” into an object of its own.`,
    )
  }
  if (group === 'not') return { type: 'not', part: check(node.not, `${path}/not`, depth + 1, walk) }
  return checkGroup(group, node[group], `${path}/${group}`, depth, walk)
}

function checkGroup(
  group: 'all' | 'any',
  parts: unknown,
  path: string,
  depth: number,
  walk: Walk,
): CheckedFilter {
  if (!Array.isArray(parts)) return refuse(walk, path, `“${group}” takes a list of filters.`)
  if (parts.length > MAX_CONDITIONS) return refuse(walk, path, `A list may have ${MAX_CONDITIONS} parts.`)
  return { type: group, parts: parts.map((part, index) => check(part, `${path}/${index}`, depth + 1, walk)) }
}

function checkLeaf(node: Record<string, unknown>, path: string, walk: Walk): CheckedFilter {
  walk.conditions += 1
  if (walk.conditions === MAX_CONDITIONS + 1) {
    refuse(
      walk,
      path,
      `A filter may have ${MAX_CONDITIONS} conditions. Use “in” with a list instead of many “equals”.`,
    )
  }
  const checked = checkCondition(node)
  if ('type' in checked) return checked
  return refuse(walk, checked.key === '' ? path : `${path}/${checked.key}`, checked.message)
}

function refuse(walk: Walk, path: string, message: string): CheckedFilter {
  if (walk.problems.length < MAX_PROBLEMS) walk.problems.push({ path, message })
  return NOTHING
}
