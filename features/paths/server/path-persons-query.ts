import { AppError } from '../../../kernel/errors.ts'
import type { PathPersonsQuestion } from '../contract.ts'
import type { Place } from '../vocabulary.ts'
import { type FlowPlan, flowUnits } from './flow-query.ts'
import { BEGAN, END, type NodeCodes, ON } from './node-codes.ts'
import type { Query } from './path-table-query.ts'
import { readNode } from './paths-question.ts'
import { LINE, pairOf, stepUnits } from './steps-query.ts'
import { type PathPlan, silenceOf } from './units-query.ts'
import { type VariantsPlan, variantUnits } from './variants-query.ts'

export interface PersonsPage {
  after: { at: number; person: string } | undefined
  limit: number
}

/** Persons of the units that hold a condition; the one whose latest such path began last comes first. */
export function pathPersonsQuery(
  units: Query,
  condition: Query,
  { period, unit }: PathPlan,
  { after, limit }: PersonsPage,
): Query {
  const page = after === undefined ? '' : ' HAVING (at, person) < ({after_at:Int64}, {after:UUID})'
  return {
    sql: `SELECT person, {begin:Int64} + max(toInt64(bitShiftRight(marks[1], 26))) AS at
FROM (${units.sql})
WHERE ${condition.sql}
GROUP BY person${page} ORDER BY at DESC, person DESC LIMIT {limit:UInt32}`,
    params: {
      ...units.params,
      ...condition.params,
      begin: period.from - silenceOf(unit),
      limit,
      ...(after && { after_at: after.at, after: after.person }),
    },
  }
}

/** Units that flow through a node of a column, or from it to one of the next. */
export function chooseInFlow(
  plan: FlowPlan,
  { column = 0, spot, next }: Pick<PathPersonsQuestion, 'column' | 'spot' | 'next'>,
): [Query, Query] {
  const here = spot === undefined ? undefined : readSpot(plan.codes, spot)
  const there = next === undefined ? undefined : readSpot(plan.codes, next)
  const conditions = [
    'notEmpty(way)',
    ...(here ? [isSpot('column', here)] : []),
    ...(there ? [isSpot('column + 1', there)] : []),
  ]
  return [
    flowUnits(plan),
    {
      sql: conditions.join(' AND ').replaceAll('column', '{column:UInt8}'),
      params: { column: column + 1, ...codesOf('here', here), ...codesOf('there', there) },
    },
  ]

  function isSpot(place: string, chosen: Spot): string {
    const name = chosen === here ? 'here' : 'there'
    const isIn = `has({${name}:Array(UInt16)}, way[${place}])`
    return chosen.isRest ? `way[${place}] BETWEEN 1 AND ${BEGAN - 1} AND NOT ${isIn}` : isIn
  }
}

interface Spot {
  codes: number[]
  /** All contacts but these. */
  isRest: boolean
}

const codesOf = (name: string, spot: Spot | undefined) => (spot ? { [name]: spot.codes } : {})
const SPOTS: Partial<Record<Place, number>> = { ...END, on: ON, began: BEGAN }

function readSpot(codes: NodeCodes, text: string): Spot {
  if (text.startsWith('@')) {
    const code = SPOTS[text.slice(1) as Place]
    if (code === undefined)
      throw new AppError(
        'bad_request',
        `"${text}" is no place of the flow: write a contact, @left or @ordered.`,
      )
    return { codes: [code], isRest: false }
  }
  if (!text.startsWith('!')) return { codes: [readNode(codes, text)], isRest: false }
  const keys = text.slice(1).split(',')
  return { codes: keys.map((key) => readNode(codes, key)), isRest: true }
}

const MORE = '…'

/** Units that went by one variant, written as its keys with ` > ` between. */
export function chooseVariant(plan: VariantsPlan, text: string): [Query, Query] {
  const keys = text.split(' > ')
  const isCut = keys.at(-1) === MORE
  const nodes = (isCut ? keys.slice(0, -1) : keys).map((key) => readNode(plan.codes, key))
  return [
    variantUnits(plan),
    {
      sql: 'nodes = {nodes:Array(UInt16)} AND is_cut = {is_cut:UInt8}',
      params: { nodes, is_cut: isCut ? 1 : 0 },
    },
  ]
}

/** Units that a row of the map of steps counts. */
export function chooseInSteps(
  plan: PathPlan,
  line: NonNullable<PathPersonsQuestion['line']>,
  { step, step2 }: Pick<PathPersonsQuestion, 'step' | 'step2'>,
): [Query, Query] {
  if (step === undefined) throw new AppError('bad_request', 'Say which contact: step=cart, for example.')
  const isPair = line === 'followed' || line === 'returned'
  if (isPair && step2 === undefined)
    throw new AppError('bad_request', 'Say which contact comes second: step2=cart, for example.')
  const a = readNode(plan.codes, step)
  const b = isPair && step2 !== undefined ? readNode(plan.codes, step2) : 0
  // The last contact of paths that are over, without an order.
  const [which, pair] = line === 'ended' ? [LINE.ended, pairOf(a, 0)] : [LINE[line], pairOf(a, b)]
  return [
    stepUnits(plan),
    {
      sql: 'arrayExists(i -> i.1 = {line:UInt8} AND i.2 = {pair:UInt32}, items)',
      params: { line: which, pair },
    },
  ]
}
