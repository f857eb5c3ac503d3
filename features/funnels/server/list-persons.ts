import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { prepareGround } from '../../reports/server/reads.ts'
import type { FunnelPersons, FunnelPersonsQuestion } from '../contract.ts'
import { findOtherEnd, planSide } from './answer-funnel.ts'
import { type PersonsSpot, personsQuery } from './funnel-query.ts'
import { readQuestion } from './funnel-question.ts'
import { findNext } from './funnel-result.ts'
import { listPage } from './persons-page.ts'

const MAX_VALUES = 50
const refuse = (message: string) => new AppError('validation_failed', message)

/** A page of the persons behind a number: who came to a step, or who came no further; of a group, of either side. */
export async function listPersons(
  deps: Deps,
  shop: ShopContext,
  asked: FunnelPersonsQuestion,
): Promise<FunnelPersons> {
  const { step, kind = 'reached', side = 'this' } = asked
  const question = readQuestion(asked, shop, deps.now())
  const { steps } = question.way
  if (step > steps.length) throw refuse(`This funnel has ${steps.length} steps, and no step ${step}.`)
  const next = findNext(steps, step)
  if (kind === 'left' && (next === undefined || steps[step - 1]?.optional))
    throw refuse(`Nobody is left at step ${step}: it is the last one, or may be left out.`)
  const values = readValues(asked)
  const { ground } = await prepareGround(deps, shop, question.report)
  if (side === 'other' && !ground.other) throw refuse('There is no other side: compare with something first.')
  const plan =
    side === 'other' && ground.other
      ? planSide(shop, question, ground.other, findOtherEnd(ground, ground.other, deps.now()))
      : planSide(shop, question, ground)
  const spot: PersonsSpot = { step, ...(kind === 'left' && { next }), ...(values && { values }) }
  return listPage(deps, shop.id, asked, (page) => personsQuery(plan, spot, page))
}

function readValues({ values, outside = false, by }: FunnelPersonsQuestion): PersonsSpot['values'] {
  if (values === undefined) return undefined
  if (by === undefined) throw refuse('"values" are those of a breakdown: say by what with "by".')
  const list = parse(values)
  if (!Array.isArray(list) || list.length > MAX_VALUES || !list.every((one) => typeof one === 'string'))
    throw refuse(`"values" is a JSON list of up to ${MAX_VALUES} texts, ["phone"] for example.`)
  return { list, isOutside: outside }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
