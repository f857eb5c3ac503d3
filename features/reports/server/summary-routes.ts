import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { parseTime } from '../../../kernel/parse-time.ts'
import type { TimeRange } from '../../../kernel/time.ts'
import { getShop, type ShopContext } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { countOrders } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import { Summary, SummaryQuestion } from '../contract.ts'
import { countsQuery, eventsQuery } from './summary-query.ts'
import { type CountRow, type EventsRow, toSummary } from './summary-result.ts'

export function addSummaryRoutes(app: App, deps: Deps): void {
  const schema = {
    tags: ['reports'],
    params: Type.Object({ shop: Type.Integer() }),
    querystring: SummaryQuestion,
    response: { 200: Summary },
  }
  app.get('/api/shops/:shop/summary', { schema }, async (request) => {
    const shop = getShop(request)
    return summarise(deps, shop, readPeriod(request.query, shop))
  })
}

async function summarise(deps: Deps, { id }: ShopContext, period: Partial<TimeRange>): Promise<Summary> {
  const { clickhouse, db, runner, writer } = deps
  // What this process has counted so far belongs to the answer.
  await writer.counts.write()
  const events = eventsQuery(id, period, personsJoin())
  const counts = countsQuery(id, period)
  const [eventRows, countRows, orders] = await Promise.all([
    clickhouse.query<EventsRow>(events.sql, { params: events.params, kind: 'report' }),
    clickhouse.query<CountRow>(counts.sql, { params: counts.params }),
    countOrders(db, id, period),
  ])
  return toSummary(eventRows[0], countRows, orders.orders, runner.lagSeconds())
}

function readPeriod({ from, to }: SummaryQuestion, { timeZone }: ShopContext): Partial<TimeRange> {
  const period: Partial<TimeRange> = {}
  if (from !== undefined) period.from = readMoment('from', from, timeZone)
  if (to !== undefined) period.to = readMoment('to', to, timeZone)
  return period
}

function readMoment(name: string, text: string, zone: string): number {
  // A plus sign in an address stands for a space.
  const parsed = parseTime(text.replace(/ (\d{2}:?\d{2})$/, '+$1'), { zone }) ?? parseTime(text, { zone })
  if (!parsed)
    throw new AppError(
      'validation_failed',
      `"${name}" is no day and no instant: write 2026-01-31 or 2026-01-31T12:00:00Z.`,
    )
  return parsed.ms
}
