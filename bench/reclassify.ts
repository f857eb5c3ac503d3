import { getDefaultRegistry } from '../features/touchpoints/server/reads.ts'
import { listMonths, updateMonth } from '../features/touchpoints/server/reclassify-query.ts'
import type { Clickhouse } from '../platform/clickhouse.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * Classifying a history anew: `npx tsx bench/reclassify.ts [million events]`. Against writing the same columns of the
 * same months with constants, which is what the store takes for it at least.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const SHOP = 1
const SETTINGS = { max_query_size: '1000000', max_ast_elements: '1000000', mutations_sync: '1' }

/** Seconds for all months, one after the other, as the product does it. */
async function rewrite(clickhouse: Clickhouse, version: number, registry?: Registry): Promise<number> {
  const { sql, params } = listMonths(SHOP, version)
  const months = await clickhouse.query<{ month: number }>(sql, { params })
  const begun = performance.now()
  for (const { month } of months) {
    const update = registry
      ? updateMonth(SHOP, registry, month)
      : { sql: plainUpdate(version, month), params: {} }
    await clickhouse.command(update.sql, { params: update.params, settings: SETTINGS })
  }
  return (performance.now() - begun) / 1000
}

type Registry = Parameters<typeof updateMonth>[1]

const plainUpdate = (version: number, month: number) =>
  `ALTER TABLE events UPDATE arrival = '', touchpoint = 'cart', stage = 'order', measure = 'lcp', measured = 1, rules_version = ${version}
   IN PARTITION '${month}' WHERE shop = ${SHOP} AND rules_version < ${version}`

const system = await openBenchSystem('reclassify')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  const { registry } = getDefaultRegistry()
  const plain: number[] = []
  const rules: number[] = []
  // In turns, and the quicker of each: whatever else the machine does slows both alike.
  for (const version of [2, 4]) {
    plain.push(await rewrite(clickhouse, version))
    rules.push(await rewrite(clickhouse, version + 1, { ...registry, version: version + 1 }))
  }
  const [least, ours] = [Math.min(...plain), Math.min(...rules)]
  const rate = (MILLIONS * 1e6) / ours
  printFigures(
    'reclassify',
    [
      { what: 'by the built-in rules', value: `${Math.round(rate)} events/s` },
      {
        what: 'against constants',
        value: `${(ours / least).toFixed(2)}× (${least.toFixed(1)} → ${ours.toFixed(1)} s)`,
      },
    ],
    { millionEvents: MILLIONS, ratio: ours / least, rate, least, ours },
  )
} finally {
  await system.close()
}
