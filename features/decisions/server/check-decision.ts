import { AppError } from '../../../kernel/errors.ts'
import { parseDay } from '../../../kernel/time.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { DecisionChange, NewDecision } from '../contract.ts'
import type { DecisionFields } from './decision-store.ts'

interface ShopGiven {
  currency: string
  registry: Pick<Registry, 'stages' | 'touchpoints'>
}

const FIRST_DAY = '2000-01-01'
const END = '2100-01-01'

/** A new decision as it is stored; refuses a field that makes no sense, so that the form can say so beside it. */
export function checkNewDecision(given: NewDecision, shop: ShopGiven): DecisionFields {
  const { stage = null, touchpoint = null, cost = null, expected = '', note = '' } = given
  const { day, title } = given
  return {
    currency: shop.currency,
    ...checkChange({ day, title, stage, touchpoint, cost, expected, note }, shop),
  } as DecisionFields
}

/** What of a decision changes, as it is stored. */
export function checkChange(
  given: DecisionChange,
  { currency, registry }: ShopGiven,
): Partial<DecisionFields> {
  const { day, title, expected, note, cost } = given
  const change: Partial<DecisionFields> = {}
  if (day !== undefined) change.day = checkDay(day)
  if (title !== undefined) change.title = checkTitle(title)
  if (expected !== undefined) change.expected = expected.trim()
  if (note !== undefined) change.note = note.trim()
  if (cost !== undefined) Object.assign(change, { cost, currency })
  return { ...change, ...checkPlace(given, registry) }
}

function checkDay(day: string): string {
  if (parseDay(day) === undefined || day < FIRST_DAY || day >= END)
    throw refuse('day', 'format', `${day} is not a day of the calendar between 2000 and 2099.`)
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
