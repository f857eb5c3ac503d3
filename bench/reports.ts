import { shops } from '../features/accounts/server/accounts-tables.ts'
import { createAuthenticator, createShop, createToken } from '../features/accounts/server/actions.ts'
import { access } from '../server/access.ts'
import { buildApp } from '../server/app.ts'
import { rooms } from '../server/rooms.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * Every report as a page asks for it, once cold and then from memory: `npx tsx bench/reports.ts [million events]`. Through
 * the HTTP side, without a network. What each costs beside SQL by hand is in the benchmarks of their own rooms.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const AGAIN = 5
/** Only those named: `npx tsx bench/reports.ts 20 funnel,cohorts`. */
const CHOSEN = process.argv[3]?.split(',')
const DAYS = 'from=2026-05-04&to=2026-08-03'

const REPORTS = [
  'funnel',
  'funnel/choosing',
  'funnel/returning',
  'attribution',
  'cohorts',
  'paths/flow',
  'paths/variants',
  'paths/steps',
  'channel-mix',
  'exposure',
  'conformance',
]

const system = await openBenchSystem('reports')
const deps = { ...system.deps, now: () => Date.UTC(2026, 9, 20, 12) }
const app = await buildApp({ deps, rooms, access, authenticator: createAuthenticator(deps) })

async function ask(url: string, token: string): Promise<{ ms: number; status: number; body: string }> {
  const begun = performance.now()
  const answer = await app.inject({ url, headers: { authorization: `Bearer ${token}` } })
  return { ms: performance.now() - begun, status: answer.statusCode, body: answer.body }
}

/** A path for journeys to be laid on. */
async function addScenario(shop: number, token: string): Promise<string> {
  const step = (stage: string) => ({ stage, touchpoints: [], isOptional: false })
  const answer = await app.inject({
    method: 'POST',
    url: `/api/shops/${shop}/scenarios`,
    headers: { authorization: `Bearer ${token}` },
    payload: {
      name: `Bench ${deps.now()}`,
      note: '',
      path: ['search', 'site', 'order', 'delivery'].map(step),
    },
  })
  return answer.json<{ id: string }>().id
}

async function measure(shop: number, report: string, token: string) {
  const scenario = report === 'conformance' ? `&scenario=${await addScenario(shop, token)}` : ''
  const url = `/api/shops/${shop}/${report}?${DAYS}${scenario}`
  const cold = await ask(url, token)
  if (cold.status !== 200) return { report, refused: `${cold.status} ${cold.body.slice(0, 160)}` }
  const again: number[] = []
  for (let round = 0; round < AGAIN; round++) again.push((await ask(url, token)).ms)
  return { report, cold: cold.ms, again: again.sort((a, b) => a - b)[AGAIN >> 1] as number }
}

try {
  const [known] = await deps.db.select({ id: shops.id }).from(shops).limit(1)
  const shop =
    known?.id ?? (await createShop(deps.db, { name: 'Bench', timeZone: 'Europe/Kyiv', currency: 'UAH' }))
  const { token } = await createToken(deps.db, { shop, name: 'bench', role: 'owner' })
  await fillJourneys(deps.clickhouse, shop, MILLIONS * 1e6)
  const results = []
  for (const report of CHOSEN ?? REPORTS) results.push(await measure(shop, report, token))
  printFigures(
    'reports',
    results.flatMap(({ report, cold, again, refused }) =>
      cold === undefined
        ? [{ what: report, value: refused as string, goal: 'an answer', met: false }]
        : [
            { what: `${report}, cold`, value: `${Math.round(cold)} ms`, goal: '8 s', met: cold < 8000 },
            { what: `${report}, again`, value: `${again.toFixed(1)} ms`, goal: '50 ms', met: again < 50 },
          ],
    ),
    { millionEvents: MILLIONS, results },
  )
} finally {
  await app.close()
  await system.close()
}
