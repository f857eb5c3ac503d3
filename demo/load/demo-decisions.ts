import { addDecision } from '../../features/decisions/server/actions.ts'
import { listDecisions } from '../../features/decisions/server/reads.ts'
import { type Day, formatDay, parseDay } from '../../kernel/time.ts'
import type { Db } from '../../platform/postgres.ts'
import { YOUNG_DAYS } from '../simulate/arrivals.ts'
import type { DemoShop } from './demo-shop.ts'

interface DemoDecision {
  day: Day
  endDay?: Day
  title: string
  touchpoint?: string
  stage?: string
  expected: string
}

/** What the shop did that its history shows, in its own language. */
function listDemoDecisions({ end, days }: DemoShop['options']): DemoDecision[] {
  const start = end - days
  const lastYear = Number(formatDay(end).slice(0, 4))
  const sales = Array.from({ length: 3 }, (_, back) => lastYear - back).flatMap((year) => {
    const [day, endDay] = [parseDay(`${year}-11-15`) as Day, parseDay(`${year}-12-01`) as Day]
    const isOver = endDay <= end
    return day < start || day >= end
      ? []
      : [
          {
            day,
            ...(isOver && { endDay }),
            title: 'Листопадовий розпродаж',
            expected: 'Удвічі більше відвідувачів',
          },
        ]
  })
  return [
    ...sales,
    {
      day: end - YOUNG_DAYS,
      title: 'Реклама в TikTok',
      stage: 'first_look',
      touchpoint: 'social_page',
      expected: 'Нові покупці, молодші за звичних',
    },
    {
      day: start,
      title: 'Листівка з подякою в кожній другій посилці',
      stage: 'receipt',
      touchpoint: 'parcel',
      expected: 'Частіше купують удруге',
    },
  ]
}

/** Gives the shop its decisions, unless it has some. */
export async function addDemoDecisions(db: Db, { id, options }: DemoShop): Promise<void> {
  if ((await listDecisions(db, id)).length > 0) return
  for (const { day, endDay, title, stage, touchpoint, expected } of listDemoDecisions(options))
    await addDecision(db, {
      ...{ shop: id, createdBy: 'Demo', day: formatDay(day), title, expected, note: '' },
      ...{ stage: stage ?? null, touchpoint: touchpoint ?? null, cost: null, currency: 'UAH', segment: null },
      ...{ expectedMeasure: null, expectedDirection: null, expectedSize: null, owner: null },
      ...{ state: endDay ? 'undone' : 'kept', endDay: endDay ? formatDay(endDay) : null },
    })
}
