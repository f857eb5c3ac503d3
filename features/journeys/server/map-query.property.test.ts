import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrng } from '../../../kernel/prng.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import { type MapRow, mapQuery } from './map-query.ts'
import { orderNames } from './order-names.ts'
import { LINE } from './person-lines.ts'
import { codeRegistry } from './registry-codes.ts'
import { runReport } from './run-report.ts'
import { inventHistory } from './testing/invent-history.ts'
import { identityOf, sketchContacts } from './testing/record-contacts.ts'
import { drawSlowMap, type SlowStage } from './testing/slow-map.ts'

const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 5, 29) }
const HISTORIES = 12

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

/** Rows of the store in the shape of the slow map. */
function shape(
  rows: readonly MapRow[],
  stages: readonly string[],
  keys: readonly string[],
): Record<string, SlowStage> {
  const find = (line: number, key: number) => rows.find((row) => row.line === line && row.key === key)
  const mean = (row: MapRow | undefined) => ({ n: row?.n ?? 0, sum: round(row?.sum ?? 0) })
  const shaped = stages.map((key, index) => {
    const stage = index + 1
    const places = keys.flatMap((touchpoint, code) => {
      const place = stage * 1024 + code + 1
      const row = find(LINE.place, place)
      if (!row) return []
      const said = mean(find(LINE.saidPlace, place))
      const kept = mean(find(LINE.keptPlace, place))
      return [[touchpoint, { persons: row.n, contacts: row.sum, said, kept }] as const]
    })
    const moved = find(LINE.next, stage)
    const after = rows
      .filter((row) => row.line === LINE.after && row.key >> 6 === stage)
      .map((row) => [stages[(row.key & 63) - 1] ?? 'nowhere', row.n] as const)
    const promises = find(LINE.promises, stage)
    return [
      key,
      {
        persons: find(LINE.stage, stage)?.n ?? 0,
        contacts: places.reduce((sum, [, { contacts }]) => sum + contacts, 0),
        said: mean(find(LINE.saidStage, stage)),
        kept: mean(find(LINE.keptStage, stage)),
        moved: moved?.sum ?? 0,
        seconds: moved && moved.sum > 0 ? [moved.middle] : [],
        after: Object.fromEntries(after),
        promises: { kept: promises?.sum ?? 0, broken: promises?.other ?? 0 },
        places: Object.fromEntries(places),
      },
    ] as const
  })
  return Object.fromEntries(shaped)
}

const round = (value: number) => Math.round(value * 1e9) / 1e9

/** The middle as the store takes it: the upper one of two. */
function settle(slow: Record<string, SlowStage>): Record<string, SlowStage> {
  const tidy = (mean: { n: number; sum: number }) => ({ n: mean.n, sum: round(mean.sum) })
  const entries = Object.entries(slow).map(([key, stage]) => {
    const sorted = stage.seconds.toSorted((a, b) => a - b)
    const seconds = sorted.slice(Math.floor(sorted.length / 2)).slice(0, 1)
    const places = Object.entries(stage.places).map(([place, { persons, contacts, said, kept }]) => {
      return [place, { persons, contacts, said: tidy(said), kept: tidy(kept) }] as const
    })
    return [
      key,
      {
        ...stage,
        seconds,
        said: tidy(stage.said),
        kept: tidy(stage.kept),
        places: Object.fromEntries(places),
      },
    ]
  })
  return Object.fromEntries(entries)
}

test('the statement finds what a walk through every history finds', { timeout: 120_000 }, async () => {
  const { clickhouse, writer, db } = system.deps
  const { registry } = getDefaultRegistry()
  const codes = codeRegistry(registry)
  for (let seed = 0; seed < HISTORIES; seed++) {
    const prng = createPrng(`history ${seed}`)
    const shop = await createShop(db, { name: `History ${seed}` })
    const history = inventHistory(prng, PERIOD)
    await writer.write(sketchContacts(shop, history), [])
    // Two visitors turn out to be one person.
    const joined = `v${prng.below(6)}`
    await clickhouse.insert('identity_links', [
      { shop, identity: identityOf(shop, 'v7'), person: identityOf(shop, joined), version: 1, deleted: 0 },
    ])
    const query = mapQuery({ shop, period: PERIOD, segment: { key: 'all' }, codes }, orderNames)
    const rows = await runReport<MapRow>(system.deps, query)
    const once = [...new Map(history.map((contact) => [contact.id, contact])).values()]
    const slow = drawSlowMap(once, registry, PERIOD, (who) => (who === 'v7' ? joined : who))
    const keys = codes.touchpoints.map(({ key }) => key)
    expect(shape(rows, codes.stages, keys), `history ${seed}`).toEqual(settle(slow))
  }
})
