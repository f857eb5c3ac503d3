import type { PersonsJoin } from '../../people/server/reads.ts'
import type { Query } from '../../reports/server/reads.ts'

export interface TroublesQuestion {
  shop: number
  /** ms since 1970: marks and questions since `fresh`, cases since `old`. */
  fresh: number
  old: number
  now: number
  limit: number
}

/** What a person has said or asked lately, and which cases were opened for them. Times are ms since 1970. */
export interface TroubleRow {
  person: string
  /** When somebody of the shop last spoke with them; 0: not lately. */
  spoken: number
  lows: [at: number, message: string, identity: string, order: string, valence: number][]
  asked: [at: number, message: string, identity: string, order: string][]
  cases: [id: string, at: number, identity: string, order: string, topic: string][]
  resolved: string[]
}

/** A mark of two stars of five and everything below. */
const LOW = -0.5
/** Of one person, so that nobody's flood of messages makes the answer large. */
const MOST = 20

const ms = 'toUnixTimestamp64Milli(e.ts)'
const text = (name: string) => `JSONExtractString(e.properties, '${name}')`
const isFresh = 'e.ts >= fromUnixTimestamp64Milli({fresh:Int64})'
const isCase = `e.name = 'Case Opened' AND ${text('case_id')} != ''`
const isLow = `e.name = 'Feedback Given' AND e.valence <= ${LOW} AND ${isFresh}`
const isAsked = `e.touchpoint = 'where_is_order' AND e.name = 'Contact Started' AND ${isFresh}`
// A bot that answers is nobody who has spoken with the customer.
const isSpoken = `e.name = 'Contact Answered' AND ${text('by')} != 'bot'`
const gather = (fields: string, condition: string) => `groupUniqArrayIf(${MOST})((${fields}), ${condition})`

/**
 * Whoever has a fresh low mark, asked for their order, or has a case, at most `limit` of them: of more than anybody could call
 * the latest troubles stay.
 */
export function troublesQuery({ join, person }: PersonsJoin, question: TroublesQuestion): Query {
  return {
    sql: `SELECT ${person} AS person,
  toInt64(maxIf(${ms}, ${isSpoken})) AS spoken,
  ${gather(`${ms}, e.message_hash, e.identity, e.order_id, assumeNotNull(e.valence)`, isLow)} AS lows,
  ${gather(`${ms}, e.message_hash, e.identity, e.order_id`, isAsked)} AS asked,
  ${gather(`${text('case_id')}, ${ms}, e.identity, e.order_id, ${text('topic')}`, isCase)} AS cases,
  ${gather(text('case_id'), `e.name = 'Case Resolved'`)} AS resolved
FROM events AS e FINAL ${join}
WHERE e.shop = {shop:UInt32} AND e.ts >= fromUnixTimestamp64Milli({old:Int64}) AND e.ts < fromUnixTimestamp64Milli({now:Int64})
  AND (e.name IN ('Case Opened', 'Case Resolved') OR (${isFresh} AND e.name IN ('Feedback Given', 'Contact Started', 'Contact Answered')))
GROUP BY person
HAVING notEmpty(lows) OR notEmpty(asked) OR arrayExists(one -> NOT has(resolved, one.1), cases)
ORDER BY maxIf(${ms}, (${isLow}) OR (${isAsked}) OR (${isCase})) DESC, person
LIMIT {limit:UInt32}`,
    params: { ...question },
  }
}
