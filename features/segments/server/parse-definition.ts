import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { AppError } from '../../../kernel/errors.ts'
import { FIELD_NAMES } from '../../../kernel/filter/fields.ts'
import { parseFilter } from '../../../kernel/filter/parse-filter.ts'
import type { Filter } from '../../../kernel/filter/schema.ts'
import { cleanText } from '../../../kernel/text.ts'
import { parseDay } from '../../../kernel/time.ts'
import {
  type About,
  type Condition,
  conditionSchemas,
  type Definition,
  type DefinitionProblem,
  type When,
  type Which,
} from '../contract.ts'
import { MAX_CONDITIONS, MAX_DEPTH } from '../limits.ts'
import { FEEDBACK_SCALES } from '../vocabulary.ts'

export type ParsedDefinition =
  | { ok: true; definition: Definition }
  | { ok: false; problems: DefinitionProblem[] }

interface Walk {
  problems: DefinitionProblem[]
  conditions: number
}

const GROUPS = ['all', 'any', 'not'] as const
const MAX_PROBLEMS = 20
/** What can be said of a person again and again, so that the latest counts. */
const TRAIT_FIELD = /^(?:traits\..|context\.(?:locale|timezone)$)/

/** A definition that came from anywhere, or every place where it makes no sense. */
export function parseDefinition(given: unknown): ParsedDefinition {
  const walk: Walk = { problems: [], conditions: 0 }
  checkNode(given, '', 1, walk)
  if (walk.conditions > MAX_CONDITIONS)
    refuse(walk, '', `A segment has at most ${MAX_CONDITIONS} conditions; this one has ${walk.conditions}.`)
  return walk.problems.length > 0
    ? { ok: false, problems: walk.problems.slice(0, MAX_PROBLEMS) }
    : { ok: true, definition: given as Definition }
}

/** The same for requests: fails with `validation_failed` and all problems. */
export function getDefinition(given: unknown): Definition {
  const parsed = parseDefinition(given)
  if (parsed.ok) return parsed.definition
  const [first] = parsed.problems
  throw new AppError(
    'validation_failed',
    `The segment has a mistake at “${first?.path || '/'}”: ${first?.message}`,
    {
      details: parsed.problems,
    },
  )
}

function refuse(walk: Walk, path: string, message: string): undefined {
  if (walk.problems.length <= MAX_PROBLEMS) walk.problems.push({ path, message })
}

function checkNode(given: unknown, path: string, depth: number, walk: Walk): undefined {
  if (walk.problems.length > MAX_PROBLEMS || walk.conditions > MAX_CONDITIONS) return
  if (depth > MAX_DEPTH)
    return refuse(walk, path, `Groups may be ${MAX_DEPTH} levels deep. Take some of them together.`)
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuse(
      walk,
      path,
      'Write {all: […]}, {any: […]}, {not: …} or a condition such as {about: "known", is: true}.',
    )
  const node = given as Record<string, unknown>
  const group = GROUPS.find((key) => Object.hasOwn(node, key))
  if (!group) return checkCondition(node, path, walk)
  const extra = Object.keys(node).find((key) => key !== group)
  if (extra !== undefined)
    return refuse(walk, path, `Beside “${group}” stands “${cleanText(extra).slice(0, 60)}”; leave one.`)
  if (group === 'not') return checkNode(node.not, `${path}/not`, depth + 1, walk)
  const parts = node[group]
  if (!Array.isArray(parts)) return refuse(walk, `${path}/${group}`, `“${group}” takes a list.`)
  if (parts.length > MAX_CONDITIONS)
    return refuse(walk, `${path}/${group}`, `A group has at most ${MAX_CONDITIONS} parts.`)
  // An empty group says something too: so groups of nothing can't grow without end.
  if (parts.length === 0) walk.conditions++
  for (const [index, part] of parts.entries()) checkNode(part, `${path}/${group}/${index}`, depth + 1, walk)
}

function checkCondition(node: Record<string, unknown>, path: string, walk: Walk): undefined {
  walk.conditions++
  const about = Object.keys(conditionSchemas).find((key) => key === node.about) as About | undefined
  if (!about)
    return refuse(
      walk,
      `${path}/about`,
      `A condition is about one of: ${Object.keys(conditionSchemas).join(', ')}.`,
    )
  const schema: TSchema = conditionSchemas[about]
  if (!Value.Check(schema, node)) {
    const [first] = Value.Errors(schema, node)
    return refuse(walk, `${path}${first?.instancePath ?? ''}`, `A condition about “${about}” is incomplete.`)
  }
  checkMeaning(node as unknown as Condition, path, walk)
}

function checkMeaning(condition: Condition, path: string, walk: Walk): undefined {
  if ('when' in condition && condition.when) checkWhen(condition.when, `${path}/when`, walk)
  switch (condition.about) {
    case 'event':
      return checkWhich(condition.which, `${path}/which`, walk)
    case 'sequence':
      for (const [index, step] of condition.steps.entries()) checkWhich(step, `${path}/steps/${index}`, walk)
      return
    case 'trait':
      return checkTrait(condition.where, `${path}/where`, walk)
    case 'answer':
      return checkScores(condition, path, walk)
    case 'touch':
      for (const [index, value] of condition.values.entries())
        checkText(value, `${path}/values/${index}`, walk)
      return
    default:
      return
  }
}

function checkWhen(when: When, path: string, walk: Walk): undefined {
  if (!('from' in when)) return
  const [from, to] = [parseDay(when.from), parseDay(when.to)]
  if (from === undefined) return refuse(walk, `${path}/from`, 'This is no day of the calendar.')
  if (to === undefined) return refuse(walk, `${path}/to`, 'This is no day of the calendar.')
  if (from >= to) refuse(walk, `${path}/to`, 'The last day lies before the first.')
}

function checkWhich(which: Which, path: string, walk: Walk): undefined {
  if (Object.keys(which).length === 0)
    return refuse(walk, path, 'Say which event is meant: a touchpoint, a stage, a channel or a name.')
  for (const key of ['name', 'touchpoint', 'stage', 'channel'] as const) {
    if (which[key] !== undefined) checkText(which[key], `${path}/${key}`, walk)
  }
  if (which.where !== undefined) checkFilter(which.where, `${path}/where`, walk)
}

function checkFilter(where: Filter, path: string, walk: Walk): undefined {
  const parsed = parseFilter(where)
  if (parsed.ok) return
  for (const problem of parsed.problems) refuse(walk, `${path}${problem.path}`, problem.message)
}

function checkTrait(where: Filter, path: string, walk: Walk): undefined {
  if (!('field' in where) || typeof where.field !== 'string' || !TRAIT_FIELD.test(where.field))
    return refuse(
      walk,
      `${path}/field`,
      'Name what was said of the person: traits.city, context.locale. Columns of events ' +
        `(${FIELD_NAMES.slice(0, 3).join(', ')}, …) belong into conditions about events.`,
    )
  checkFilter(where, path, walk)
}

function checkScores(
  { kind, low, high }: Extract<Condition, { about: 'answer' }>,
  path: string,
  walk: Walk,
): undefined {
  const scale = FEEDBACK_SCALES[kind]
  if (low > high) return refuse(walk, `${path}/high`, 'The highest score is below the lowest.')
  if (high < scale.low || low > scale.high)
    refuse(walk, `${path}/low`, `Scores of “${kind}” go from ${scale.low} to ${scale.high}.`)
}

function checkText(text: string, path: string, walk: Walk): undefined {
  if (cleanText(text) !== text) refuse(walk, path, 'The text holds half a character or a NUL. Write it anew.')
}
