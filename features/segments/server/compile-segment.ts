import { personsJoin } from '../../people/server/reads.ts'
import { compileCondition, type SegmentContext, type Verdict } from './compile-condition.ts'
import { createCounters } from './counters.ts'
import type { PlainDefinition } from './list-references.ts'

export type { SegmentContext } from './compile-condition.ts'

export interface Query {
  sql: string
  params: Record<string, unknown>
}

/**
 * The persons of a segment as a statement with one column, `segment_person`. One pass over the shop's events: they fold
 * to identities, identities to persons, each condition to a counter, and the definition is asked of the counters. Where
 * the definition doesn't hold for whoever did nothing, only events are read that some condition asks for. The
 * statement needs the parameter `shop` (among `params`); all other names begin with `segment_`.
 */
export function compileSegment(definition: PlainDefinition, context: SegmentContext): Query {
  const counters = createCounters()
  const verdict = judge(definition, (condition) => compileCondition(condition, context, counters))
  const links = personsJoin({ links: 'segment_links' })
  const isNarrow = !verdict.onNothing && counters.needs.length > 0 && !counters.needs.includes('1')
  const only = isNarrow ? ` AND (${counters.needs.join(' OR ')})` : ''
  return {
    sql: `SELECT segment_person FROM (
  SELECT ${[`${links.person} AS segment_person`, ...counters.ofIdentities()].join(',\n    ')}
  FROM (
    SELECT ${['identity', ...counters.ofEvents()].join(',\n      ')}
    FROM events FINAL WHERE shop = {shop:UInt32}${only}
    GROUP BY identity
  ) AS e ${links.join}
  GROUP BY segment_person
  HAVING ${verdict.sql}
)`,
    params: { shop: context.shop, ...counters.params },
  }
}

type Leaf = Exclude<
  PlainDefinition,
  { all: PlainDefinition[] } | { any: PlainDefinition[] } | { not: PlainDefinition }
>

function judge(node: PlainDefinition, ask: (condition: Leaf) => Verdict): Verdict {
  if ('not' in node) {
    const { sql, onNothing } = judge(node.not, ask)
    return { sql: `(NOT ${sql})`, onNothing: !onNothing }
  }
  if ('all' in node) return join(node.all, 'AND', ask)
  if ('any' in node) return join(node.any, 'OR', ask)
  return ask(node)
}

function join(
  parts: readonly PlainDefinition[],
  word: 'AND' | 'OR',
  ask: (condition: Leaf) => Verdict,
): Verdict {
  const verdicts = parts.map((part) => judge(part, ask))
  const isAll = word === 'AND'
  const onNothing = isAll ? verdicts.every((one) => one.onNothing) : verdicts.some((one) => one.onNothing)
  if (verdicts.length === 0) return { sql: isAll ? '1' : '0', onNothing }
  return { sql: `(${verdicts.map(({ sql }) => sql).join(` ${word} `)})`, onNothing }
}
