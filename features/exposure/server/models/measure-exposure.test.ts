import { expect, test } from 'vitest'
import { inventHistories, type World } from '../testing/invent-histories.ts'
import { estimateExposure, measureExposure } from './measure-exposure.ts'
import type { DaysQuestion, PersonHistory } from './person-days.ts'

const WORLD: World = {
  seed: 1,
  persons: 300,
  days: 50,
  base: -3.6,
  effect: (past) => (past === 0 ? 0 : past === 1 ? 0.5 : 1),
  window: 7,
  activity: 0,
}
const QUESTION: DaysQuestion = { outcome: 'order', from: 0, to: 50, window: 7, until: 50 }
/** Sums of several seconds on a busy machine. */
const PATIENCE = 60_000
const chanceOf = (odds: number) => 1 / (1 + Math.exp(-odds))

test(
  'intervals cover a planted effect as often as they say',
  () => {
    const truth = { one: chanceOf(-3.1) - chanceOf(-3.6), level: chanceOf(-3.6) }
    let [gain, level] = [0, 0]
    for (let seed = 1; seed <= 40; seed++) {
      const histories = inventHistories({ ...WORLD, seed, persons: 220 })
      const { bins } = estimateExposure(histories, QUESTION, 1_800)
      const [none, one] = bins
      if (!none?.adjusted || !one?.gain) throw new Error('The model must be fitted.')
      gain += Number(one.gain.low <= truth.one && truth.one <= one.gain.high)
      level += Number(none.adjusted.low <= truth.level && truth.level <= none.adjusted.high)
    }
    // Of 40 intervals that keep their word 34 or fewer would hold the truth in one of seventy runs (binomial).
    expect(gain).toBeGreaterThanOrEqual(34)
    expect(level).toBeGreaterThanOrEqual(34)
  },
  PATIENCE,
)

test(
  'a planted effect is told, with the number of contacts after which more don’t help',
  () => {
    const told = measureExposure(inventHistories({ ...WORLD, persons: 1_500 }), QUESTION, 15_000)
    expect(told.refusal).toBeNull()
    expect(told.effect?.low).toBeGreaterThan(0)
    expect(told.enough).toBe(2)
    const [none, one, two] = told.smooth.map(({ value }) => value)
    expect((none as number) < (one as number) && (one as number) < (two as number)).toBe(true)
  },
  PATIENCE,
)

test(
  'when active people simply do more of everything, it refuses',
  () => {
    const world = { ...WORLD, persons: 1_500, effect: () => 0, activity: 0.9 }
    const told = measureExposure(inventHistories(world), QUESTION, 15_000)
    const [none, some] = told.bins
    expect((some?.plain as number) > 1.2 * (none?.plain as number)).toBe(true)
    expect(told.refusal).toBe('active')
    expect(told.enough).toBeNull()
  },
  PATIENCE,
)

test(
  'where contacts change nothing, nothing is said to be enough',
  () => {
    const told = measureExposure(
      inventHistories({ ...WORLD, persons: 1_000, effect: () => 0 }),
      QUESTION,
      12_000,
    )
    expect(told.refusal).toBeNull()
    expect(told.effect && told.effect.low < 0 && told.effect.high > 0).toBe(true)
    expect(told.enough).toBeNull()
  },
  PATIENCE,
)

const ask = (histories: readonly PersonHistory[], more: Partial<DaysQuestion> = {}) =>
  measureExposure(histories, { ...QUESTION, ...more }, 3_000).refusal

test(
  'what the data can’t carry is refused with its reason',
  () => {
    const histories = inventHistories(WORLD)
    const without = (keep: 'seen' | 'other') =>
      histories.map((one) => ({ ...one, days: one.days.map((day) => ({ ...day, [keep]: 0 })) }))
    expect(ask([])).toBe('no_contacts')
    expect(ask(without('seen'))).toBe('no_contacts')
    expect(ask(histories.map((one) => ({ ...one, orders: [] })))).toBe('no_outcome')
    expect(ask(histories.slice(0, 90))).toBe('few_exposed')
    expect(
      ask(
        histories.map((one) => ({ ...one, orders: one.orders.slice(0, 1).filter((day) => day % 4 === 0) })),
      ),
    ).toBe('few_outcomes')
    expect(ask(histories, { window: 60 })).toBe('no_future')
    const always = histories.map((one) => ({ ...one, days: one.days.map((day) => ({ ...day, seen: 1 })) }))
    expect(ask(always, { window: 60 })).toBe('few_unexposed')
    // Who was in contact always orders, and nobody else does.
    const told = histories.map((one) => ({
      ...one,
      orders: [...new Set(one.days.filter((day) => day.seen > 0).map(({ day }) => day + 1))],
    }))
    expect(ask(told, { window: 1 })).toBe('told_apart')
  },
  PATIENCE,
)
