import { AppError } from '../../../kernel/errors.ts'
import { parseDay } from '../../../kernel/time.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { DecisionChange, NewDecision } from '../contract.ts'
import type { DecisionFields } from './decision-store.ts'

interface ShopGiven {
  currency: string
  registry: Pick<Registry, 'stages' | 'touchpoints'>
  /** Who may own a decision, and to whom it may apply. */
  members: readonly { id: string }[]
  segments: readonly { id: number }[]
}

const FIRST_DAY = '2000-01-01'
const END = '2100-01-01'

/** A new decision as it is stored; refuses a field that makes no sense, so that the form can say so beside it. */
export function checkNewDecision(given: NewDecision, shop: ShopGiven): DecisionFields {
  const usual = {
    ...{ stage: null, touchpoint: null, cost: null, expected: '', note: '', segment: null },
    ...{ expectedMeasure: null, expectedDirection: null, expectedSize: null },
    ...{ owner: null, state: 'trying' as const, endDay: null },
  }
  return { currency: shop.currency, ...checkChange({ ...usual, ...given }, shop) } as DecisionFields
}

/** What of a decision changes, as it is stored; `before` is what it was, for fields that belong together. */
export function checkChange(
  given: DecisionChange,
  shop: ShopGiven,
  before?: Pick<DecisionFields, 'day' | 'endDay' | 'state'>,
): Partial<DecisionFields> {
  const { day, title, expected, note, cost, expectedMeasure } = given
  const change: Partial<DecisionFields> = {}
  if (day !== undefined) change.day = checkDay('day', day)
  if (title !== undefined) change.title = checkTitle(title)
  if (expected !== undefined) change.expected = expected.trim()
  if (note !== undefined) change.note = note.trim()
  if (cost !== undefined) Object.assign(change, { cost, currency: shop.currency })
  if (expectedMeasure === undefined || expectedMeasure === null) refuseLooseExpectation(given)
  if (expectedMeasure !== undefined) Object.assign(change, checkExpectation(given))
  return {
    ...change,
    ...checkPlace(given, shop.registry),
    ...checkPeople(given, shop),
    ...checkEnd(given, before),
  }
}

/** A size or a way of nothing would be dropped in silence. */
function refuseLooseExpectation({ expectedDirection, expectedSize }: DecisionChange): void {
  if ((expectedDirection ?? expectedSize ?? null) !== null)
    throw refuse('expectedMeasure', 'required', 'Say what should move, along with which way or by how much.')
}

/** What should move is nothing without the way it should move. */
function checkExpectation(given: DecisionChange): Partial<DecisionFields> {
  const { expectedMeasure = null, expectedDirection = null, expectedSize = null } = given
  if (expectedMeasure === null) return { expectedMeasure: null, expectedDirection: null, expectedSize: null }
  return { expectedMeasure, expectedDirection: expectedDirection ?? 'up', expectedSize }
}

function checkPeople({ segment, owner }: DecisionChange, shop: ShopGiven): Partial<DecisionFields> {
  const change: Partial<DecisionFields> = {}
  if (segment !== undefined) {
    if (segment !== null && !shop.segments.some(({ id }) => id === segment))
      throw refuse('segment', 'enum', 'The shop has no such segment.')
    change.segment = segment
  }
  if (owner !== undefined) {
    if (owner !== null && !shop.members.some(({ id }) => id === owner))
      throw refuse('owner', 'enum', 'Nobody of the shop goes by this id.')
    change.owner = owner
  }
  return change
}

/** Only what was undone has an end, and not before it began. */
function checkEnd(
  { state, endDay, day }: DecisionChange,
  before: Pick<DecisionFields, 'day' | 'endDay' | 'state'> | undefined,
): Partial<DecisionFields> {
  const change: Partial<DecisionFields> = {}
  if (state !== undefined) change.state = state
  const isUndone = (state ?? before?.state) === 'undone'
  const end = endDay === undefined ? (before?.endDay ?? null) : endDay
  if (!isUndone || end === null) return { ...change, endDay: null }
  const begin = day ?? before?.day ?? FIRST_DAY
  if (checkDay('endDay', end) <= begin)
    throw refuse('endDay', 'minimum', 'It ends before it begins: take a day after the one on which it began.')
  return { ...change, endDay: end }
}

function checkDay(field: 'day' | 'endDay', day: string): string {
  if (parseDay(day) === undefined || day < FIRST_DAY || day >= END)
    throw refuse(field, 'format', `${day} is not a day of the calendar between 2000 and 2099.`)
  return day
}

function checkTitle(given: string): string {
  const title = given.trim()
  if (title === '') throw refuse('title', 'required', 'Say in a few words what was changed.')
  return title
}

/** A touchpoint brings its stage along; naming only a stage leaves the touchpoint open. */
function checkPlace(
  { stage, touchpoint }: DecisionChange,
  registry: ShopGiven['registry'],
): Partial<DecisionFields> {
  if (stage === undefined && touchpoint === undefined) return {}
  if (touchpoint) {
    const found = registry.touchpoints.find(({ key }) => key === touchpoint)
    if (!found) throw refuse('touchpoint', 'enum', `The shop has no touchpoint ${touchpoint}.`)
    return { touchpoint, stage: found.stage }
  }
  if (stage && !registry.stages.some(({ key }) => key === stage))
    throw refuse('stage', 'enum', `The shop has no stage ${stage}.`)
  return { touchpoint: null, stage: stage ?? null }
}

/** In the shape in which schema errors come, so that forms show it beside the field. */
function refuse(field: string, rule: string, message: string): AppError {
  return new AppError('validation_failed', message, {
    details: [{ instancePath: `/${field}`, keyword: rule }],
  })
}
