import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PathRow } from '../../paths/server/reads.ts'
import { type ModelResult, measureModels } from './measure-models.ts'
import { partPersons } from './models/persons-apart.ts'
import { packRows } from './packed-rows.ts'
import { createPathTable, MAX_WAYS, OTHER } from './path-table.ts'
import { runModels } from './run-models.ts'

const OPTIONS = { order: 1, withNulls: true, halfLife: 2 }

type Row = Omit<PathRow, 'parts'>

const row = (path: string, weight: Partial<Row> = {}): Row => ({
  path,
  ...{ conversions: 0, foreign: 0, value: 0, nulls: 0, anonymous: 0, ...weight },
})

function tableOf(rows: readonly Row[], journeys = 1) {
  const builder = createPathTable('>')
  builder.add(packRows(partPersons(rows, journeys)))
  return builder.finish()
}

const paths = fc.uniqueArray(
  fc.record({
    path: fc
      .array(fc.constantFrom('ad', 'letter', 'direct', 'blog'), { maxLength: 5 })
      .map((steps) => steps.join('>')),
    conversions: fc.integer({ min: 0, max: 5 }),
    price: fc.integer({ min: 0, max: 900 }),
    nulls: fc.integer({ min: 0, max: 9 }),
  }),
  { selector: ({ path }) => path, maxLength: 8 },
)

test('whatever the paths, each model shares out all orders and all money before which a visit was seen', () => {
  const property = fc.property(
    paths,
    fc.boolean(),
    fc.integer({ min: 1, max: 2 }),
    (drawn, withNulls, order) => {
      const rows = drawn.map(({ path, conversions, price, nulls }) =>
        row(path, { conversions, value: conversions * price, nulls }),
      )
      const table = tableOf(rows)
      const seen = rows.filter(({ path }) => path !== '')
      const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
      for (const { channels } of measureModels(table, { ...OPTIONS, withNulls, order })) {
        expect(sum(channels.map((one) => one.conversions))).toBeCloseTo(
          sum(seen.map((one) => one.conversions)),
          8,
        )
        expect(sum(channels.map((one) => one.value))).toBeCloseTo(sum(seen.map((one) => one.value)), 6)
        for (const { share, low, high } of channels)
          expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true)
      }
    },
  )
  fc.assert(property, { numRuns: 25 })
})

const shareOf = (results: readonly ModelResult[], model: string, channel: number) => {
  const found = results.find((one) => one.model === model)?.channels[channel]
  if (!found) throw new Error(`no ${model}`)
  return found
}

test('a range is as wide as the binomial one, whether all journeys are drawn or a part of many', () => {
  for (const n of [1_000, 100_000]) {
    const results = measureModels(
      tableOf([row('ad', { conversions: 0.3 * n }), row('letter', { conversions: 0.7 * n })]),
      OPTIONS,
    )
    const { share, low, high } = shareOf(results, 'last', 0)
    const wide = 2 * 1.96 * Math.sqrt((0.3 * 0.7) / n)
    expect(share).toBeCloseTo(0.3, 12)
    // Two hundred rounds tell the width of a range to a tenth or so; the seed is fixed.
    expect(high - low).toBeGreaterThan(0.85 * wide)
    expect(high - low).toBeLessThan(1.15 * wide)
  }
})

test('journeys without an order change the chain and no other model', () => {
  const rows = [
    row('ad>letter', { conversions: 5 }),
    row('letter', { conversions: 5, nulls: 5 }),
    row('ad', { nulls: 80 }),
  ]
  const withNulls = measureModels(tableOf(rows), OPTIONS)
  const without = measureModels(tableOf(rows), { ...OPTIONS, withNulls: false })
  expect(shareOf(withNulls, 'shapley', 0).share).toBe(shareOf(without, 'shapley', 0).share)
  expect(shareOf(withNulls, 'markov', 0).removalEffect).not.toBeCloseTo(
    shareOf(without, 'markov', 0).removalEffect as number,
    3,
  )
})

test('the last visit that is not direct is told by the channel’s name', () => {
  const results = measureModels(tableOf([row('ad>direct', { conversions: 4 })]), OPTIONS)
  expect(shareOf(results, 'last-non-direct', 0).share).toBe(1)
  expect(shareOf(results, 'last', 0).share).toBe(0)
})

test('rare ways beyond forty are one, and orders without a visit are nobody’s', () => {
  const rows = Array.from({ length: 200 }, (_, at) => row(`w${at}>w${at % 7}`, { conversions: 1, value: 10 }))
  const table = tableOf([...rows, row('', { conversions: 3, value: 5, foreign: 1 })])
  expect(table.channels).toHaveLength(MAX_WAYS)
  expect(table.channels.at(-1)).toBe(OTHER)
  expect(table.channels).toContain('w3')
  expect(table.totals).toMatchObject({ conversions: 203, foreign: 1, unknown: { conversions: 3, value: 5 } })
  const last = measureModels(table, OPTIONS).find(({ model }) => model === 'last')
  expect(last?.channels.reduce((sum, one) => sum + one.conversions, 0)).toBeCloseTo(200, 9)
})

test('customers are drawn with all their journeys: who ordered four times says no more than who did once', () => {
  const rows = (times: number) => [
    row('ad>letter', { conversions: 400 * times, value: 900 * times, nulls: 800 * times }),
    row('letter>ad>blog', { conversions: 800 * times, value: 100 * times, nulls: 400 * times }),
  ]
  const once = measureModels(tableOf(rows(1)), OPTIONS)
  const often = measureModels(tableOf(rows(4), 4), OPTIONS)
  const apart = measureModels(tableOf(rows(4)), OPTIONS)
  for (const model of ['linear', 'markov', 'shapley']) {
    const [one, four, many] = [once, often, apart].map((results) => shareOf(results, model, 0).error)
    expect(four).toBeCloseTo(one as number, 12)
    // Half as wide, told from groups to a tenth.
    expect((many as number) / (one as number)).toBeGreaterThan(0.44)
    expect((many as number) / (one as number)).toBeLessThan(0.56)
  }
})

test('the orders of a single customer say nothing of others', () => {
  const lone = measureModels(tableOf([row('ad>letter', { conversions: 40, nulls: 40 })], 80), OPTIONS)
  for (const { channels } of lone) for (const { low, high } of channels) expect([low, high]).toEqual([0, 1])
})

test('models run in a thread give what they give here, also for a path of 5,000 steps', async () => {
  const long = Array.from({ length: 5_000 }, (_, at) => (at % 2 ? 'ad' : 'letter')).join('\u001f')
  const rows = [row(long, { conversions: 2, value: 9, nulls: 1 }), row('blog', { conversions: 1, nulls: 4 })]
  const builder = createPathTable('\u001f')
  const told = partPersons(rows)
  builder.add(packRows(told))
  const other = partPersons([row('blog', { conversions: 1 }), row('new', { conversions: 1 })])
  const [answer, compared] = await runModels([told, other], OPTIONS)
  const ways = ['letter', 'ad', 'blog', 'new']
  expect(answer?.channels).toEqual(ways)
  expect(answer?.models).toEqual(measureModels(builder.finish(ways), OPTIONS))
  expect(compared?.channels).toEqual(ways)
  expect(compared?.models[0]?.channels.map(({ share }) => share)).toEqual([0, 0, 0.5, 0.5])
})
