import type { ScenarioContent, ScenarioStep } from '../../features/touchpoints/contract.ts'
import { addScenario } from '../../features/touchpoints/server/actions.ts'
import { listScenarios } from '../../features/touchpoints/server/reads.ts'
import type { Db } from '../../platform/postgres.ts'

const step = (stage: string, touchpoints: string[] = [], isOptional = false): ScenarioStep => ({
  ...{ stage, touchpoints, isOptional },
})

/** Whom the shop has in mind, in its own language, and the path meant for each. */
const SCENARIOS: readonly ScenarioContent[] = [
  {
    name: 'Обирає на сайті сам',
    note: 'Дивиться каталог, порівнює, питає рідко, чекає посилку вчасно.',
    path: [
      step('site', ['catalogue']),
      step('site', ['product_page']),
      step('order', ['cart']),
      step('order', ['checkout']),
      step('order', ['confirmation']),
      step('delivery', ['status_message']),
      step('receipt'),
      step('opinion', ['survey', 'public_review', 'referral'], true),
    ],
  },
  {
    name: 'Спершу радиться',
    note: 'Дорога покупка: дивиться, питає живу людину й лише тоді замовляє.',
    path: [
      step('site'),
      step('contact'),
      step('order', ['checkout', 'confirmation']),
      step('order', ['confirming_call'], true),
      step('delivery', ['carrier']),
      step('receipt'),
      step('aftercare', ['how_to'], true),
    ],
  },
]

/** Gives the shop its scenarios, unless it has some. */
export async function addDemoScenarios(db: Db, shop: number): Promise<void> {
  if ((await listScenarios(db, shop)).length > 0) return
  for (const scenario of SCENARIOS) await db.transaction((tx) => addScenario(tx, shop, scenario, 'Demo'))
}
