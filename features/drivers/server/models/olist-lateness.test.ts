import { existsSync, readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { localDay, parseDay } from '../../../../kernel/time.ts'
import type { ImportStage, Message } from '../../../imports/server/import-stage.ts'
import { olist } from '../../../imports/server/presets/olist.ts'
import { openTable } from '../../../imports/server/read-stage.ts'
import { getDefaultRegistry } from '../../../touchpoints/server/reads.ts'
import { makeUnits } from '../units/make-units.ts'
import { type EventToPack, packEvent } from '../units/pack-event.ts'
import type { PackedEvent } from '../units/packed.ts'
import { readHistory } from '../units/read-history.ts'
import { toTable } from '../units/to-table.ts'
import { findEffects } from './find-effects.ts'
import type { FoundDriver } from './units.ts'

const folder = fileURLToPath(new URL('../../../../../shared/data/olist/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere)
  process.stderr.write('The Olist data are not beside the repository: what lateness does is not tested.\n')

type Reference = Record<
  'missed' | 'badly' | 'few_photos' | 'short_description',
  { effect: number; error: number }
> & {
  units: number
  persons: number
  counts: Record<string, number>
}
const reference: Reference = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../../test/reference/olist-lateness.json', import.meta.url)),
    'utf8',
  ),
)

const ZONE = 'America/Sao_Paulo'

async function* readMessages(): AsyncGenerator<Message> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const { size, mtimeMs } = await stat(path)
      return { name, path, bytes: size, modified: mtimeMs }
    }),
  )
  const stages: ImportStage[] = await olist.prepare(files, { timeZone: ZONE } as never)
  for (const stage of stages) {
    const table = await openTable(stage.file)
    const convert = stage.compile(table.columns)
    for await (const { rows } of table.batches)
      for (const { cells } of rows) {
        const made = convert(cells)
        if (Array.isArray(made)) yield* made
      }
  }
}

/** What ingestion and the standards' room make of a message, for the few that matter here. */
function toEvents(message: Message, promises: Map<string, string>): EventToPack[] {
  const properties = (message.properties ?? {}) as Record<string, unknown>
  const order_id = String(properties.order_id ?? '')
  const ts = Date.parse(message.timestamp as string)
  const name = (message.event as string | undefined) ?? ''
  const plain = { arrival: '', measure: '', channel: '', utm_source: '', device: '', touchpoint: '' }
  const none = { amount: null, currency: '', measured: null, valence: null }
  const event: EventToPack = { ...plain, ...none, ts, name, kind: 'track', order_id, properties }
  if (name === 'Feedback Given')
    return [{ ...event, touchpoint: 'survey', valence: ((properties.score as number) - 1) / 2 - 1 }]
  const promised = promises.get(order_id)
  if (name === 'Promise Made') promises.set(order_id, properties.promised_on as string)
  if (name !== 'Order Delivered' || properties.time_unknown || promised === undefined) return [event]
  const measured = localDay(ts, ZONE) - (parseDay(promised) as number)
  const late = { name: 'Standard Measured', touchpoint: 'carrier', measure: 'days_late', measured }
  return [event, { ...event, ...late, properties: {} }]
}

async function readHistories() {
  const promises = new Map<string, string>()
  const seen = new Set<unknown>()
  const persons = new Map<string, PackedEvent[]>()
  for await (const message of readMessages()) {
    if (seen.has(message.messageId)) continue
    seen.add(message.messageId)
    const own = persons.get(message.userId as string) ?? []
    persons.set(message.userId as string, own)
    for (const event of toEvents(message, promises))
      own.push(...([packEvent(event, 'BRL')].filter(Boolean) as PackedEvent[]))
  }
  return [...persons].map(([person, events]) => readHistory({ person, events }))
}

describe.skipIf(!isThere)('the Olist data', () => {
  it('tell what late parcels and poor cards do to the review, as ordinary least squares by another program', async () => {
    const period = { from: Date.UTC(2016, 0, 1), to: Date.UTC(2019, 0, 1) }
    const { registry } = getDefaultRegistry()
    const plan = {
      outcome: 'rating' as const,
      period,
      recordedUntil: period.to,
      timeZone: ZONE,
      registry,
      facts: [],
    }
    const { units, ground } = makeUnits(await readHistories(), { ...plan, silenceMs: 30 * 86_400_000 })
    const { table } = toTable(units, ground)
    expect([units.length, table.persons]).toEqual([reference.units, reference.persons])
    const controls = table.controls.filter(({ name }) => name === 'region' || name === 'category')
    const { drivers, refusal } = findEffects({ ...table, controls }, { seed: 1 })
    expect(refusal).toBeNull()
    const find = (key: string) => drivers.find((driver) => driver.key === key) as FoundDriver
    const late = find('carrier.days_late')
    const found = {
      ...Object.fromEntries(late.levels.map(({ level, effect, units: n }) => [level, { effect, n }])),
      few_photos: { effect: find('event.few_photos').effect, n: find('event.few_photos').exposed },
      short_description: {
        effect: find('event.short_description').effect,
        n: find('event.short_description').exposed,
      },
    }
    for (const [key, { effect, n }] of Object.entries(found)) {
      const { effect: value, error } = reference[key as 'missed']
      expect([key, n]).toEqual([key, reference.counts[key]])
      expect(effect?.value, key).toBeCloseTo(value, 6)
      // Student's quantile, of some fifty persons and more.
      const errors = ((effect?.high ?? 0) - (effect?.low ?? 0)) / 2 / error
      expect([key, errors > 1.95 && errors < 2.05]).toEqual([key, true])
    }
    expect(Object.keys(found).sort()).toEqual(['badly', 'few_photos', 'missed', 'short_description'])
    expect(late).toMatchObject({ verdict: 'harms' })
  })
})
