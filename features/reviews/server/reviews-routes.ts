import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { formatDay, localDay, parseDay } from '../../../kernel/time.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { listMembers } from '../../accounts/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { NewCheck, ReviewChange, ReviewCheck, ReviewChecks, ReviewList, TouchpointKey } from '../contract.ts'
import { answerReviews } from './answer-reviews.ts'
import { addCheck, addWeeks, listChecks, removeCheck, restoreCheck, saveReview } from './review-store.ts'

const tags = ['reviews']
const params = Type.Object({ shop: Type.Integer(), touchpoint: TouchpointKey })
const ofCheck = Type.Object({
  ...params.properties,
  check: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
const [FIRST_DAY, END] = ['2000-01-01', '2100-01-01']

/** The regular checks of touchpoints. */
export function addReviewRoutes(app: App, deps: Deps): void {
  const { db } = deps
  app.get('/api/shops/:shop/reviews', { schema: { tags, response: { 200: ReviewList } } }, async (request) =>
    answerReviews(deps, getShop(request)),
  )

  app.patch(
    '/api/shops/:shop/reviews/:touchpoint',
    { schema: { tags, params, body: ReviewChange, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const { touchpoint } = request.params
      await refuseUnknown(deps, shop, touchpoint)
      const change = await checkChange(deps, shop, touchpoint, request.body)
      await db.transaction(async (tx) => {
        await saveReview(tx, { shop, touchpoint }, change)
        const detail = { changed: Object.keys(request.body) }
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'review.changed', target: touchpoint, detail })
      })
      return reply.code(204).send(null)
    },
  )

  addCheckRoutes(app, deps)
  addRemovalRoutes(app, deps)
}

function addCheckRoutes(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/api/shops/:shop/reviews/:touchpoint/checks',
    { schema: { tags, params, response: { 200: ReviewChecks } } },
    async (request) => ({ items: await listChecks(db, getShop(request).id, request.params.touchpoint) }),
  )

  app.post(
    '/api/shops/:shop/reviews/:touchpoint/checks',
    { schema: { tags, params, body: NewCheck, response: { 201: ReviewCheck } } },
    async (request, reply) => {
      const { id: shop, timeZone } = getShop(request)
      const { touchpoint } = request.params
      await refuseUnknown(deps, shop, touchpoint)
      const actor = getPrincipal(request)
      const today = formatDay(localDay(deps.now(), timeZone))
      const note = (request.body.note ?? '').trim()
      const made = await db.transaction(async (tx) => {
        const check = await addCheck(tx, { shop, touchpoint, today, note, by: actor.name })
        await recordAudit(tx, { shop, actor, action: 'review.checked', target: touchpoint })
        return check
      })
      return reply.code(201).send(made)
    },
  )
}

/** A check that is taken away can be brought back. */
function addRemovalRoutes(app: App, { db }: Deps): void {
  const schema = { tags, params: ofCheck, response: { 200: ReviewCheck } }
  app.delete('/api/shops/:shop/reviews/:touchpoint/checks/:check', { schema }, async (request) => {
    const { id: shop } = getShop(request)
    const { touchpoint, check } = request.params
    return db.transaction(async (tx) => {
      const removed = await removeCheck(tx, shop, touchpoint, check)
      const actor = getPrincipal(request)
      await recordAudit(tx, { shop, actor, action: 'review.unchecked', target: touchpoint })
      return removed
    })
  })

  app.post('/api/shops/:shop/reviews/:touchpoint/checks/:check/restore', { schema }, async (request) => {
    const { id: shop } = getShop(request)
    const { touchpoint, check } = request.params
    return db.transaction(async (tx) => {
      const restored = await restoreCheck(tx, shop, touchpoint, check)
      const actor = getPrincipal(request)
      await recordAudit(tx, { shop, actor, action: 'review.restored', target: touchpoint })
      return restored
    })
  })
}

async function refuseUnknown(deps: Deps, shop: number, touchpoint: string): Promise<void> {
  const { registry } = await getRegistry(deps, shop)
  if (!registry.touchpoints.some(({ key }) => key === touchpoint))
    throw new AppError('not_found', `The shop has no touchpoint ${touchpoint}.`)
}

/** A new rhythm counts from the last check; a touchpoint that isn't checked regularly has no next day. */
async function checkChange({ db }: Deps, shop: number, touchpoint: string, given: ReviewChange) {
  const change = { ...given }
  if (given.owner) {
    const members = await listMembers(db, shop)
    if (!members.some(({ id }) => id === given.owner))
      throw refuse('owner', 'enum', 'Nobody of the shop goes by this id.')
  }
  if (given.nextOn && !isDay(given.nextOn))
    throw refuse('nextOn', 'format', `${given.nextOn} is not a day of the calendar between 2000 and 2099.`)
  if (given.everyWeeks !== undefined && given.nextOn === undefined) {
    const [last] = await listChecks(db, shop, touchpoint)
    change.nextOn = last && given.everyWeeks !== null ? addWeeks(last.day, given.everyWeeks) : null
  }
  return change
}

const isDay = (text: string) => parseDay(text) !== undefined && text >= FIRST_DAY && text < END

/** In the shape in which schema errors come, so that forms show it beside the field. */
function refuse(field: string, rule: string, message: string): AppError {
  return new AppError('validation_failed', message, {
    details: [{ instancePath: `/${field}`, keyword: rule }],
  })
}
