import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { binomialQuantile } from '../../../../kernel/stats/distributions.ts'
import { findEffects } from './find-effects.ts'
import type { EffectsFound, UnitTable } from './units.ts'

interface Planted {
  n: number
  effect: number
  /** By which ads order less, and are answered slowly more often. */
  confounding: number
}

/** Persons with one or two visits, from ads or not, answered slowly or not; what goes together within a person included. */
function makeTable({ n, effect, confounding }: Planted, seed: number): UnitTable {
  const prng = createPrng(seed)
  const cluster = Int32Array.from({ length: n }, (_, row) => Math.floor((2 * row) / 3))
  const persons = (cluster.at(-1) as number) + 1
  const mood = Float64Array.from({ length: persons }, () => (prng.float() - 0.5) * 0.3)
  const ads = Int32Array.from({ length: n }, () => (prng.float() < 0.4 ? 1 : 0))
  const slow = Float64Array.from(ads, (ad) => (prng.float() < 0.25 + confounding * ad ? 1 : 0))
  const outcome = Float64Array.from(slow, (one, row) => {
    const chance =
      0.45 + effect * one - confounding * (ads[row] as number) + (mood[cluster[row] as number] as number)
    return prng.float() < chance ? 1 : 0
  })
  const buyers = Int32Array.from(outcome.keys()).filter((row) => outcome[row] === 1)
  return {
    outcome,
    cluster,
    persons,
    family: 'share',
    predictors: [
      {
        key: 'slow',
        kind: 'standard',
        stageRank: 1,
        isChosen: false,
        isGood: false,
        known: new Float64Array(n).fill(1),
        levels: [{ level: 'missed', values: slow }],
      },
    ],
    controls: [{ name: 'source', codes: ads, labels: ['other', 'ad'], stageRank: 0 }],
    amounts: {
      row: buyers,
      amount: Float64Array.from(buyers, () => 50 + prng.below(101)),
    },
  }
}

test('money of one driver without controls is what the two means say, its interval nearly the one of the formula', () => {
  const table = { ...makeTable({ n: 3_000, effect: -0.15, confounding: 0 }, 4), controls: [] }
  table.amounts.amount.fill(100)
  const options = { seed: 1, money: { margin: 0.25, attainable: { slow: 0.5 } } }
  const [driver] = findEffects(table, options).drivers
  const { exposed = 0, effect } = driver ?? {}
  const gain = -(effect?.value as number) * exposed * 100 * 0.5
  expect(driver?.money?.revenue.value).toBeCloseTo(gain, 6)
  expect(driver?.money?.margin?.value).toBeCloseTo(gain / 4, 6)
  expect(driver?.attainable).toBe(0.5)
  // The chance of the effect, and of how many are exposed.
  const error = ((effect?.high as number) - (effect?.low as number)) / 2 / 1.96
  const share = exposed / 3_000
  const spread =
    50 * Math.sqrt((exposed * error) ** 2 + 3_000 * share * (1 - share) * (effect?.value as number) ** 2)
  const { low, high } = driver?.money?.revenue ?? { low: 0, high: 0 }
  expect((high - low) / 2 / 1.96 / spread).toBeGreaterThan(0.9)
  expect((high - low) / 2 / 1.96 / spread).toBeLessThan(1.1)
})

test('95 % intervals of the effect and of the money hold the truth as often as they say, the plain difference’s don’t', () => {
  const planted = { n: 700, effect: -0.1, confounding: 0.25 }
  const sets = 80
  const held = { effect: 0, money: 0, naive: 0, curve: 0 }
  for (let set = 0; set < sets; set++) {
    const table = makeTable(planted, 1_000 + set)
    const [driver] = findEffects(table, { seed: set, money: { margin: null, attainable: {} } }).drivers
    const holds = (found: { low: number; high: number } | null | undefined, truth: number) =>
      found && found.low <= truth && found.high >= truth ? 1 : 0
    // What the shop would be expected to win: of all persons alike, not of those drawn alone.
    const truth = -planted.effect * planted.n * (0.25 + 0.4 * planted.confounding) * 100
    held.effect += holds(driver?.effect, planted.effect)
    held.curve += holds(driver?.curve, planted.effect)
    held.naive += holds(driver?.naive, planted.effect)
    // Told of gains alone: where the effect came out above zero there is none.
    held.money += driver?.money ? holds(driver.money.revenue, truth) : 1
  }
  const [low, high] = [binomialQuantile(0.005, sets, 0.95), binomialQuantile(0.995, sets, 0.95)]
  for (const count of [held.effect, held.money, held.curve]) {
    expect(count).toBeGreaterThanOrEqual(low)
    expect(count).toBeLessThanOrEqual(high)
  }
  expect(held.naive).toBeLessThan(low)
})

interface Cases {
  /** Of those who had a case. */
  solvedShare: number
  /** By which more of those solved order. */
  putRight: number
}

/** Persons of whom a fifth had a case that costs 20 points, and whatever was put right again. */
function makeCases({ solvedShare, putRight }: Cases): UnitTable {
  const prng = createPrng('cases')
  const n = 12_000
  const flag = (key: string, is: Float64Array, more: object = {}) => ({
    ...{ key, kind: 'event' as const, stageRank: 1, isChosen: false, isGood: false },
    ...{ known: new Float64Array(n).fill(1), levels: [{ level: 'missed' as const, values: is }] },
    ...more,
  })
  const defect = Float64Array.from({ length: n }, () => (prng.float() < 0.2 ? 1 : 0))
  const solved = defect.map((is) => (is === 1 && prng.float() < solvedShare ? 1 : 0))
  const outcome = defect.map((is, row) =>
    prng.float() < 0.5 - 0.2 * is + putRight * (solved[row] as number) ? 1 : 0,
  )
  const buyers = Int32Array.from(outcome.keys()).filter((row) => outcome[row] === 1)
  return {
    ...{ outcome, cluster: Int32Array.from(outcome.keys()), persons: n, family: 'share', controls: [] },
    predictors: [
      flag('event.defect', defect),
      flag('event.solved', solved, { isGood: true, within: 'event.defect' }),
    ],
    amounts: { row: buyers, amount: new Float64Array(buyers.length).fill(100) },
  }
}

/** All of them against those without a case: what a plain comparison shows here, where nothing else differs. */
function expectWhole({ drivers, total, units }: EffectsFound): void {
  const [had, put] = drivers
  const [mean, naive] = [had?.effect?.value as number, had?.naive?.value as number]
  expect(mean).toBeCloseTo(naive, 9)
  // Money is that of all who had one; mending them all leaves nothing to be put right.
  expect(had?.money?.revenue.value).toBeCloseTo(-mean * (had?.exposed ?? 0) * 100, 5)
  expect(put?.money).toBeNull()
  expect(total?.money?.revenue.value).toBeCloseTo(had?.money?.revenue.value as number, 5)
  expect(total?.effect.value).toBeCloseTo((-mean * (had?.exposed ?? 0)) / units, 9)
}

test('a case costs what it did to those who had one, solved or not, and is told for each of both', () => {
  const table = makeCases({ solvedShare: 0.75, putRight: 0.18 })
  const found = findEffects(table, { seed: 1, money: { margin: null, attainable: {} } })
  expectWhole(found)
  const [had, put] = found.drivers
  expect(Math.abs((had?.effect?.value as number) - (-0.2 + 0.75 * 0.18))).toBeLessThan(0.03)
  expect(had?.curve?.value).toBeCloseTo(had?.naive?.value as number, 2)
  const [well, badly] = had?.levels ?? []
  expect(well).toMatchObject({ level: 'missed', units: put?.exposed })
  expect(badly?.level).toBe('badly')
  const [good, bad] = [well?.effect?.value as number, badly?.effect?.value as number]
  expect(good - bad).toBeCloseTo(put?.effect?.value as number, 9)
  expect(Math.abs(bad + 0.2)).toBeLessThan(0.06)
})

test.each([
  { so: 'too few were solved', solvedShare: 0.01, putRight: 0.18, leftOut: 'few_exposed' },
  { so: 'all who were solved order', solvedShare: 0.1, putRight: 1, leftOut: 'told_apart' },
  { so: 'all of the few who were solved order', solvedShare: 0.01, putRight: 1, leftOut: 'few_exposed' },
])('a case costs no more where $so, so that its halves aren’t told', ({ leftOut, ...cases }) => {
  const found = findEffects(makeCases(cases), { seed: 1, money: { margin: null, attainable: {} } })
  expectWhole(found)
  const [had, put] = found.drivers
  expect(put).toMatchObject({ leftOut, effect: null })
  expect(had?.levels).toEqual([
    { level: 'missed', units: had?.exposed, persons: had?.exposed, effect: had?.effect, naive: null },
  ])
})

test('the half of a case in which nobody ordered has no number', () => {
  const table = makeCases({ solvedShare: 0.5, putRight: 0.18 })
  const [defect, solved] = table.predictors.map(({ levels }) => levels[0]?.values as Float64Array)
  const outcome = table.outcome.map((one, row) => (defect?.[row] === 1 && solved?.[row] === 0 ? 0 : one))
  const [had] = findEffects({ ...table, outcome }, { seed: 1 }).drivers
  expect(had?.levels).toMatchObject([
    { level: 'missed', effect: { value: expect.any(Number) } },
    { level: 'badly', effect: null },
  ])
})

/** A slow answer that makes a third of the parcels late besides, and lateness by itself; each costs ten points of its own. */
function makeChain(seed: string, n: number): UnitTable {
  const prng = createPrng(seed)
  const slow = Float64Array.from({ length: n }, () => (prng.float() < 0.3 ? 1 : 0))
  const late = slow.map((one) => (prng.float() < 0.2 + 0.35 * one ? 1 : 0))
  const outcome = slow.map((one, row) =>
    prng.float() < 0.6 - 0.1 * one - 0.1 * (late[row] as number) ? 1 : 0,
  )
  const flag = (key: string, stageRank: number, values: Float64Array) => ({
    ...{ key, kind: 'event' as const, stageRank, isChosen: false, isGood: false },
    ...{ known: new Float64Array(n).fill(1), levels: [{ level: 'missed' as const, values }] },
  })
  return {
    ...{ outcome, cluster: Int32Array.from(outcome.keys()), persons: n, family: 'share', controls: [] },
    predictors: [flag('event.slow', 1, slow), flag('event.late', 2, late)],
    amounts: { row: new Int32Array(0), amount: new Float64Array(0) },
  }
}

test('all mended at once brings what goes through both once, with an interval that keeps its word', () => {
  const sets = 150
  let held = 0
  for (let set = 0; set < sets; set++) {
    const { drivers, total } = findEffects(makeChain(`chain ${set}`, 6_000), {
      seed: 1,
      isWithoutCurves: true,
    })
    expect(drivers.map(({ verdict }) => verdict)).toEqual(['harms', 'harms'])
    const truth = 0.3 * 0.1 + (0.2 + 0.35 * 0.3) * 0.1
    if (total && total.effect.low <= truth && total.effect.high >= truth) held++
  }
  expect(held).toBeGreaterThanOrEqual(binomialQuantile(0.005, sets, 0.95))
  expect(held).toBeLessThanOrEqual(binomialQuantile(0.995, sets, 0.95))
})

test('where one thing harms, all together is that one, its range too', () => {
  const table = makeChain('one', 3_000)
  const { drivers, total, units } = findEffects(
    { ...table, predictors: table.predictors.slice(0, 1) },
    { seed: 1 },
  )
  const [slow] = drivers
  const share = -(slow?.exposed ?? 0) / units
  const expected = slow?.effect ?? { value: 0, low: 0, high: 0 }
  expect(total?.effect.value).toBeCloseTo(expected.value * share, 9)
  expect(total?.effect.low).toBeCloseTo(expected.high * share, 4)
})

test('what is won back is worth what those who met it order for, not what everybody does', () => {
  const prng = createPrng('worth')
  const n = 20_000
  const isDear = Int32Array.from({ length: n }, () => (prng.float() < 0.5 ? 1 : 0))
  const slip = Float64Array.from(isDear, (dear) => (prng.float() < (dear ? 0.02 : 0.4) ? 1 : 0))
  const outcome = slip.map((one) => (prng.float() < 0.5 - 0.2 * one ? 1 : 0))
  const row = Int32Array.from(outcome.keys()).filter((at) => outcome[at] === 1)
  const amount = Float64Array.from(row, (at) => (isDear[at] === 1 ? 1_900 : 100))
  const table: UnitTable = {
    ...{ outcome, cluster: Int32Array.from(outcome.keys()), persons: n, family: 'share' },
    predictors: [
      {
        ...{ key: 'event.slip', kind: 'event', stageRank: 1, isChosen: false, isGood: false },
        ...{ known: new Float64Array(n).fill(1), levels: [{ level: 'missed', values: slip }] },
      },
    ],
    controls: [{ name: 'category', codes: isDear, labels: ['cheap', 'dear'], stageRank: 0 }],
    amounts: { row, amount },
  }
  const [driver] = findEffects(table, { seed: 1, money: { margin: null, attainable: {} } }).drivers
  const exposed = (dear: number) => slip.reduce((sum, one, at) => sum + (isDear[at] === dear ? one : 0), 0)
  const truth = 0.2 * (exposed(0) * 100 + exposed(1) * 1_900)
  expect(driver?.money?.revenue.low).toBeLessThan(truth)
  expect(driver?.money?.revenue.high).toBeGreaterThan(truth)
})
