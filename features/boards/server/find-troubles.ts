import { DAY_MS } from '../../../kernel/time.ts'
import { CALL_REASONS, type CallReason } from '../vocabulary.ts'
import type { TroubleRow } from './troubles-query.ts'

/** One thing that went wrong, before anybody knows what the order is worth. Times are ms since 1970. */
export interface Trouble {
  reason: CallReason
  subject: string
  since: number
  identity: string
  orderId: string | null
  value: number | null
}

export interface TroubleRules {
  now: number
  /** Days within which a case is to be decided. */
  caseDays: number
  /** A second defect is news for so many days. */
  secondDays: number
}

/** What went wrong for a person and isn't mended yet, the gravest first. */
export function findTroubles(row: TroubleRow, rules: TroubleRules): Trouble[] {
  const open = findCases(row, rules)
  const lows = row.lows
    .filter(([at]) => at > row.spoken)
    .map(([at, subject, identity, order, valence]) =>
      make('low_mark', { subject, since: at, identity, order, value: Math.round(100 * valence) }),
    )
  const asked = row.asked
    .filter(([at]) => at > row.spoken)
    .map(([at, subject, identity, order]) => make('asked_where', { subject, since: at, identity, order }))
  return [...open, ...latest(lows), ...latest(asked)].sort(byGravity)
}

/** Of a row of bad marks the last one says it all; calling once answers them together. */
const latest = (troubles: Trouble[]): Trouble[] =>
  troubles.sort((a, b) => b.since - a.since || (a.subject < b.subject ? -1 : 1)).slice(0, 1)

function findCases({ cases, resolved }: TroubleRow, { now, caseDays, secondDays }: TroubleRules): Trouble[] {
  const sorted = [...cases].sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1))
  const defects = new Set<string>()
  return sorted.flatMap(([id, at, identity, order, topic]) => {
    const isSecond = topic === 'defect' && defects.size > 0 && !defects.has(id)
    if (topic === 'defect') defects.add(id)
    if (resolved.includes(id)) return []
    const days = (now - at) / DAY_MS
    const told = { subject: id, since: at, identity, order, value: Math.floor(days) }
    if (isSecond && days <= secondDays) return [make('second_defect', told)]
    return days > caseDays ? [make('case_open', told)] : []
  })
}

function make(
  reason: CallReason,
  told: { subject: string; since: number; identity: string; order: string; value?: number },
): Trouble {
  const { subject, since, identity, order, value = null } = told
  return { reason, subject, since, identity, orderId: order || null, value }
}

export const byGravity = (a: Trouble, b: Trouble) =>
  CALL_REASONS.indexOf(a.reason) - CALL_REASONS.indexOf(b.reason) || a.since - b.since
