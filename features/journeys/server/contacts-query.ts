import { inPeriod, MEASUREMENT_EVENTS, PROMISE_MEASURES, type Query, WORD_EVENT } from './map-plan.ts'
import { LOADING_OUTCOME, MARK, mark, OUTCOME, PROMISE_OUTCOME, UNJUDGED, VALENCE_STEPS } from './packed.ts'
import type { CodedStandard, RegistryCodes } from './registry-codes.ts'

/** More touchpoints than the contract allows don't fit between a pair's two halves. */
const PAIR = 4096
const CONSTANT = (name: string, type: string) => `{${name}:Array(${type})}`

/** The columns of marks (packed.ts) that a row of the persons' statement may have; 0 is none. */
export const MARKS = ['mark_1', 'mark_2', 'mark_3', 'mark_4'] as const

/**
 * One row for each event of the period: what becomes of it in `events`, `known` and `waiting`, and its marks: the way a
 * visit came by, the contact itself, what was said, what was measured. `only` leaves out the events of other touchpoints.
 */
export function contactsQuery(codes: RegistryCodes, only?: readonly string[]): Query {
  const moment = (kind: number, code: string, value = '0') => mark('at', kind, code, value)
  const said = `toUInt64(round(ifNull(valence, 0) * ${VALENCE_STEPS}) + ${VALENCE_STEPS})`
  return {
    sql: `SELECT identity, 1 AS events, identity_kind != 'anonymous' AS known, rules_version < {version:UInt32} AS waiting,
  if(way > 0, ${moment(MARK.contact, 'way')}, 0) AS ${MARKS[0]},
  if(code > 0 AND is_contact, ${moment(MARK.contact, 'code')}, 0) AS ${MARKS[1]},
  if(code > 0 AND valence IS NOT NULL, ${moment(MARK.fact, 'code', said)}, 0) AS ${MARKS[2]},
  if(code > 0 AND (measure != '' OR NOT is_contact AND valence IS NULL), ${moment(MARK.fact, 'code', 'outcome')}, 0) AS ${MARKS[3]}
FROM (${momentsSql()}${only === undefined ? '' : ' AND (touchpoint IN {only:Array(String)} OR arrival IN {only:Array(String)})'})`,
    params: { ...contactsParams(codes), ...(only && { only }) },
  }
}

/** Events as numbers. Whatever has a mark by name is a look-up in the column's dictionary, not in its rows. */
function momentsSql(): string {
  const codeOf = (column: string) =>
    `transform(${column}, ${CONSTANT('keys', 'String')}, ${CONSTANT('codes', 'UInt16')}, 0)`
  const ofStandard = (name: string, type: string, otherwise: string) =>
    `transform(pair, ${CONSTANT('pairs', 'UInt32')}, ${CONSTANT(name, type)}, ${otherwise})`
  return `SELECT identity, identity_kind, rules_version, valence, measure, toUnixTimestamp64Milli(ts) - {from:Int64} AS at,
    ${codeOf('arrival')} AS way, ${codeOf('touchpoint')} AS code,
    name NOT IN {measurements:Array(String)} AND (name != {word:String} OR code IN {opinions:Array(UInt16)}) AS is_contact,
    code * ${PAIR} + transform(measure, ${CONSTANT('measures', 'String')}, ${CONSTANT('measure_codes', 'UInt16')}, 0) AS pair,
    if(measure = '' OR measured IS NULL, ${UNJUDGED}, ${ofStandard('judged', 'UInt64', String(UNJUDGED))}) AS base,
    ${ofStandard('signs', 'Float64', '1')} * measured AS badness,
    if(base >= ${UNJUDGED}, base, base + multiIf(badness <= ${ofStandard('goods', 'Float64', '0')}, 2, badness <= ${ofStandard('bads', 'Float64', '0')}, 1, 0)) AS outcome
  FROM events FINAL WHERE shop = {shop:UInt32} AND ${inPeriod()}`
}

function contactsParams({ touchpoints, measures, standards, version, stages }: RegistryCodes) {
  const [opinion] = touchpoints.filter(({ key }) => key === 'survey')
  const home = opinion?.stage ?? stages.indexOf('opinion') + 1
  // An array without a value has no type; code 0 and the pair 0 are nobody's.
  return {
    version,
    measurements: MEASUREMENT_EVENTS,
    word: WORD_EVENT,
    opinions: [0, ...touchpoints.filter(({ stage }) => stage === home).map(({ code }) => code)],
    keys: ['', ...touchpoints.map(({ key }) => key)],
    codes: [0, ...touchpoints.map(({ code }) => code)],
    measures: ['', ...measures],
    measure_codes: [0, ...measures.map((_, index) => index + 1)],
    pairs: [0, ...standards.map(({ code, measureCode }) => code * PAIR + measureCode)],
    judged: [UNJUDGED, ...standards.map(judgedAs)],
    signs: [1, ...standards.map(({ standard }) => signOf(standard.direction))],
    goods: [0, ...standards.map(({ standard }) => signOf(standard.direction) * standard.good)],
    bads: [0, ...standards.map(({ standard }) => signOf(standard.direction) * standard.bad)],
  }
}

function judgedAs({ measure, standard }: CodedStandard): number {
  if (standard.basis === 'p75') return LOADING_OUTCOME
  return PROMISE_MEASURES.includes(measure) ? PROMISE_OUTCOME : OUTCOME
}

/** With the sign, less is better for every measure. */
function signOf(direction: 'at_most' | 'at_least'): 1 | -1 {
  return direction === 'at_most' ? 1 : -1
}
