import { AppError } from '../../../kernel/errors.ts'
import type { Condition, Definition } from '../contract.ts'
import { MAX_CONDITIONS_IN_ALL } from '../limits.ts'

/** A definition in which every reference is replaced by what it refers to. */
export type PlainCondition = Exclude<Condition, { about: 'segment' }>
export type PlainDefinition =
  | { all: PlainDefinition[] }
  | { any: PlainDefinition[] }
  | { not: PlainDefinition }
  | PlainCondition

export interface NamedDefinition {
  name: string
  definition: Definition
}

/** The ids of the segments that a definition names itself, each once. */
export function listReferences(definition: Definition): number[] {
  const found = new Set<number>()
  const walk = (node: Definition): void => {
    if ('about' in node) {
      if (node.about === 'segment') found.add(node.segment)
    } else if ('not' in node) walk(node.not)
    else for (const part of 'all' in node ? node.all : node.any) walk(part)
  }
  walk(definition)
  return [...found]
}

/**
 * Puts the segments in the place of their references. Fails with `unprocessable` when a segment would end up in
 * itself, when one isn't there, or when it grows too large. `trail` are the ids on the way here, the edited one first.
 */
export function expandDefinition(
  definition: Definition,
  segments: ReadonlyMap<number, NamedDefinition>,
  trail: readonly number[] = [],
): PlainDefinition {
  const budget = { left: MAX_CONDITIONS_IN_ALL }
  return expand(definition, segments, trail, budget)
}

function expand(
  node: Definition,
  segments: ReadonlyMap<number, NamedDefinition>,
  trail: readonly number[],
  budget: { left: number },
): PlainDefinition {
  const all = (parts: Definition[]) => parts.map((part) => expand(part, segments, trail, budget))
  // References and empty groups cost something too, or segments within segments could grow without end.
  if ('about' in node || isEmpty(node)) spend(budget)
  if ('all' in node) return { all: all(node.all) }
  if ('any' in node) return { any: all(node.any) }
  if ('not' in node) return { not: expand(node.not, segments, trail, budget) }
  if (node.about !== 'segment') return node
  const found = segments.get(node.segment)
  if (!found)
    throw new AppError('unprocessable', `There is no segment ${node.segment} any more.`, {
      details: { reason: 'gone' },
    })
  if (trail.includes(node.segment))
    throw new AppError(
      'unprocessable',
      `“${found.name}” would contain itself: ${describe([...trail.slice(trail.indexOf(node.segment)), node.segment], segments)}.`,
      { details: { reason: 'cycle', segment: node.segment, name: found.name } },
    )
  return expand(found.definition, segments, [...trail, node.segment], budget)
}

const isEmpty = (node: Definition) =>
  ('all' in node && node.all.length === 0) || ('any' in node && node.any.length === 0)

function spend(budget: { left: number }): void {
  if (--budget.left >= 0) return
  throw new AppError(
    'unprocessable',
    `With the segments in it this one has more than ${MAX_CONDITIONS_IN_ALL} conditions. Leave some out.`,
    { details: { reason: 'too_large' } },
  )
}

function describe(ids: readonly number[], segments: ReadonlyMap<number, NamedDefinition>): string {
  return ids.map((id) => `“${segments.get(id)?.name ?? id}”`).join(' → ')
}
