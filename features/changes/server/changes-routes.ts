import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import {
  Alarm,
  AlarmList,
  AlarmListQuery,
  AlarmStateChange,
  ChangesAnswer,
  ChangesQuestion,
  WeeklyAnswer,
  WeeklyQuestion,
} from '../contract.ts'
import { changeAlarm, listAlarmPage } from './alarm-store.ts'
import { answerChanges, answerWeekly } from './answer-changes.ts'

const tags = ['changes']
const params = Type.Object({ shop: Type.Integer() })
const one = Type.Object({
  shop: Type.Integer(),
  alarm: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

/** What changed in the last weeks, and what the shop says of it. */
export function addChangesRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/changes',
    { schema: { tags, params, querystring: ChangesQuestion, response: { 200: ChangesAnswer } } },
    async (request) => answerChanges(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/changes/weekly',
    { schema: { tags, params, querystring: WeeklyQuestion, response: { 200: WeeklyAnswer } } },
    async (request) => answerWeekly(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/alarms',
    { schema: { tags, params, querystring: AlarmListQuery, response: { 200: AlarmList } } },
    async (request) => listAlarmPage(deps.db, getShop(request).id, request.query),
  )
  app.patch(
    '/api/shops/:shop/alarms/:alarm',
    { schema: { tags, params: one, body: AlarmStateChange, response: { 200: Alarm } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      return deps.db.transaction(async (tx) => {
        const at = new Date(deps.now())
        const alarm = await changeAlarm(tx, shop, request.params.alarm, {
          ...request.body,
          by: actor.name,
          at,
        })
        const target = [alarm.metric, alarm.place, alarm.audience].filter((text) => text !== '').join(' ')
        await recordAudit(tx, {
          shop,
          actor,
          action: 'alarm.changed',
          target,
          detail: { state: alarm.state },
        })
        return alarm
      })
    },
  )
}
