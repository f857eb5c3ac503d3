import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { packRows } from '../packed-rows.ts'
import { createPathTable, type PathTable } from '../path-table.ts'
import type { Chain } from './absorbing-chain.ts'
import { solveWithout } from './chain-solutions.ts'
import { sumMarkov } from './markov-by-group.ts'

interface Told {
  steps: number[]
  group: number
  conversions: number
  price: number
  nulls: number
}

const journeys = fc.array(
  fc.record({
    steps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
    group: fc.integer({ min: 0, max: 2 }),
    conversions: fc.integer({ min: 0, max: 4 }),
    price: fc.integer({ min: 1, max: 9 }),
    nulls: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 7 },
)

/** The table of these journeys, those of `group` weighing `more` times as much again. */
function tableOf(told: readonly Told[], group = 0, more = 0): PathTable {
  const builder = createPathTable('>')
  // All ways are there from the start, in the same order.
  const all = [{ steps: [0, 1, 2, 3], group: 2, conversions: 1, price: 1, nulls: 1 }, ...told]
  builder.add(
    packRows(
      all.map((one) => {
        const times = one.group === group ? 1 + more : 1
        const [conversions, nulls] = [times * one.conversions, times * one.nulls]
        const value = conversions * one.price
        const parts = [one.group, conversions, value, nulls]
        return { path: one.steps.join('>'), conversions, value, nulls, parts, foreign: 0, anonymous: 0 }
      }),
    ),
  )
  return builder.finish(['0', '1', '2', '3'])
}

test('a group that weighs a little more changes credits as its sums say, whatever the order of the chain', () => {
  const property = fc.property(
    journeys,
    fc.integer({ min: 1, max: 2 }),
    fc.boolean(),
    (told, order, withNulls) => {
      const step = 1e-6
      const { sums } = sumMarkov(tableOf(told), order, withNulls)
      for (const group of [0, 1, 2]) {
        const moved = tableOf(told, group, step)
        const { points } = sumMarkov(moved, order, withNulls)
        const width = sums.whole.length
        const drawn = sums.whole.map((sum, at) => sum + step * (sums.byGroup[group * width + at] as number))
        const add = (of: Float64Array) => of.reduce((all, one) => all + one, 0)
        const totals = { conversions: add(moved.conversions), value: add(moved.value) }
        sums.toCredits(drawn, totals).forEach((credit, at) => {
          // What is left out is of the size of the step's square.
          expect(Math.abs(credit.conversions - (points[at]?.conversions as number))).toBeLessThan(1e-8)
          expect(Math.abs(credit.value - (points[at]?.value as number))).toBeLessThan(1e-7)
        })
      }
    },
  )
  fc.assert(property, { numRuns: 60 })
})

function inventChain(states: number): { chain: Chain; rewards: Float64Array } {
  const prng = createPrng('solutions')
  const rowStart = Int32Array.from({ length: states + 1 }, (_, s) => 3 * s)
  const to = Int32Array.from({ length: 3 * states }, () => prng.below(states))
  const chance = Float64Array.from({ length: 3 * states }, () => 0.1 + 0.2 * prng.float())
  return {
    chain: { states, rowStart, to, chance },
    rewards: Float64Array.from({ length: states }, prng.float),
  }
}

test('visits and worths by the matrix are those by sweeps', () => {
  const { chain, rewards } = inventChain(60)
  const groups = [[3], [5, 6, 7, 59], []]
  const byMatrix = [...solveWithout(chain, [rewards], groups)]
  const bySweeps = [...solveWithout(chain, [rewards], groups, 0)]
  expect(byMatrix).toHaveLength(4)
  byMatrix.forEach(({ visits, worth }, at) => {
    visits.forEach((often, s) => {
      expect(often).toBeCloseTo(bySweeps[at]?.visits[s] as number, 7)
      expect(worth[0]?.[s]).toBeCloseTo(bySweeps[at]?.worth[0]?.[s] as number, 7)
    })
  })
})
