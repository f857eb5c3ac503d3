import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { binomialQuantile, studentQuantile } from '../../../../kernel/stats/distributions.ts'
import { compareLevels } from './compare-levels.ts'
import { findEffects } from './find-effects.ts'
import type { Control, EffectsFound, Predictor, UnitTable } from './units.ts'

const REFERENCE = join(import.meta.dirname, '../../../../test/reference')

function readTable(outcome: 'ordered' | 'mark'): {
  table: UnitTable
  column: (name: string) => Float64Array
} {
  const [head, ...lines] = readFileSync(join(REFERENCE, 'drivers-effects.csv'), 'utf8').trim().split('\n')
  const names = (head as string).split(',')
  const cells = lines.map((line) => line.split(',').map(Number))
  const column = (name: string) => Float64Array.from(cells, (row) => row[names.indexOf(name)] as number)
  const everybody = new Float64Array(cells.length).fill(1)
  const shared = { isChosen: false, isGood: false, kind: 'standard' } as const
  const table: UnitTable = {
    outcome: column(outcome),
    cluster: Int32Array.from(column('person')),
    persons: 1000,
    family: outcome === 'ordered' ? 'share' : 'value',
    predictors: [
      {
        ...shared,
        key: 'answer',
        stageRank: 1,
        known: column('known'),
        levels: [
          { level: 'missed', values: column('slow') },
          { level: 'badly', values: column('badly') },
        ],
      },
      {
        ...shared,
        key: 'late',
        stageRank: 2,
        known: everybody,
        levels: [{ level: 'missed', values: column('late') }],
      },
      {
        ...shared,
        key: 'insert',
        kind: 'event',
        isGood: true,
        stageRank: 2,
        known: everybody,
        levels: [{ level: 'missed', values: column('insert') }],
      },
    ],
    controls: [
      { name: 'source', codes: Int32Array.from(column('source')), labels: ['ad', 'b', 'c'], stageRank: 0 },
    ],
    amounts: { row: new Int32Array(0), amount: new Float64Array(0) },
  }
  return { table, column }
}

interface Reported {
  effect: number
  error: number
}

interface Reference {
  linear: Record<string, Reported & { freedom: number; levels: Reported[] }>
  curves?: Record<string, Reported>
  importance: number[]
  r2: number
  naive: Reported
}

const reference = JSON.parse(readFileSync(join(REFERENCE, 'drivers-effects.json'), 'utf8')) as Record<
  'share' | 'value',
  Reference
>

/** Persons of the smaller side, less one: never more than that. */
function freedomOf({ known, levels }: Predictor, cluster: Int32Array): number {
  const sides = [new Set<number>(), new Set<number>()] as const
  cluster.forEach((person, row) => {
    if (known[row] === 1) sides[levels.some(({ values }) => values[row] !== 0) ? 1 : 0].add(person)
  })
  return Math.min(sides[0].size, sides[1].size) - 1
}

test.each(['share', 'value'] as const)(
  'effects on a %s, their errors by person, curves and importance equal statsmodels',
  (family) => {
    const { table } = readTable(family === 'share' ? 'ordered' : 'mark')
    const { linear, curves, importance, r2, naive } = reference[family]
    const found = findEffects(table, { seed: 1 })
    expect(found.refusal).toBeNull()
    expect(found.r2).toBeCloseTo(r2, 9)
    found.drivers.forEach((driver, at) => {
      const predictor = table.predictors[at] as Predictor
      const usual = freedomOf(predictor, table.cluster)
      const expected = linear[driver.key] as Reference['linear'][string]
      const reach = studentQuantile(0.975, Math.min(usual, expected.freedom))
      expect(driver.effect?.value).toBeCloseTo(expected.effect, 8)
      expect(driver.effect?.high).toBeCloseTo(expected.effect + reach * expected.error, 8)
      expect(driver.importance).toBeCloseTo(importance[at] as number, 9)
      driver.levels.forEach(({ effect }, level) => {
        expect(effect?.value).toBeCloseTo(expected.levels[level]?.effect as number, 8)
      })
      const curve = curves?.[driver.key]
      expect(driver.curve === null).toBe(curve === undefined)
      if (!curve) return
      expect(driver.curve?.value).toBeCloseTo(curve.effect, 6)
      expect(driver.curve?.high).toBeCloseTo(curve.effect + studentQuantile(0.975, usual) * curve.error, 6)
    })
    const plain = found.drivers[family === 'share' ? 0 : 1]?.naive
    expect(plain?.value).toBeCloseTo(naive.effect, 8)
    expect(((plain?.high as number) - (plain?.low as number)) / 2 / naive.error).toBeCloseTo(1.96, 1)
  },
)

test('a band of a standard has its plain difference to those for whom it was kept', () => {
  const { table } = readTable('ordered')
  const [{ known, levels }] = table.predictors as [Predictor]
  const [answer] = findEffects(table, { seed: 1 }).drivers
  const isIn = (row: number) => levels.some(({ values }) => values[row] !== 0)
  const mean = (is: (row: number) => boolean) => {
    const some = table.outcome.filter((_, row) => known[row] === 1 && is(row))
    return some.reduce((sum, value) => sum + value, 0) / some.length
  }
  levels.forEach(({ values }, at) => {
    const plain = mean((row) => values[row] !== 0) - mean((row) => !isIn(row))
    const naive = answer?.levels[at]?.naive
    expect(naive?.value).toBeCloseTo(plain, 12)
    expect([(naive?.low ?? 0) < plain, (naive?.high ?? 0) > plain]).toEqual([true, true])
  })
})

test('plain differences of bands are the same where each person has one unit, reckoned in one pass', () => {
  const { table } = readTable('mark')
  const [answer] = table.predictors as [Predictor]
  const rows = [...table.outcome.keys()]
  const single: UnitTable = { ...table, cluster: Int32Array.from(rows), persons: rows.length }
  // One person more, who has no unit, and persons are told apart the long way.
  const long = compareLevels({ ...single, persons: rows.length + 1 }, answer)
  compareLevels(single, answer).forEach((band, at) => {
    expect(band?.value).toBeCloseTo(long[at]?.value as number, 8)
    expect(band?.low).toBeCloseTo(long[at]?.low as number, 8)
  })
})

const prng = createPrng('effects')
const columnOf = (n: number, make: (row: number) => number) =>
  Float64Array.from({ length: n }, (_, row) => make(row))

function event(key: string, values: Float64Array, more: Partial<Predictor> = {}): Predictor {
  return {
    key,
    kind: 'event',
    stageRank: 1,
    isChosen: false,
    isGood: false,
    known: values.map(() => 1),
    levels: [{ level: 'missed', values }],
    ...more,
  }
}

function tableOf(outcome: Float64Array, predictors: Predictor[], controls: Control[] = []): UnitTable {
  const cluster = Int32Array.from(outcome.keys())
  const amounts = { row: Int32Array.from(outcome.keys()), amount: outcome.map(() => 1000) }
  return { outcome, cluster, persons: outcome.length, family: 'share', predictors, controls, amounts }
}

const N = 800
const flags = (chance: number) => columnOf(N, () => (prng.float() < chance ? 1 : 0))
const [late, slow, came] = [flags(0.3), flags(0.4), flags(0.35)] as [Float64Array, Float64Array, Float64Array]

const expectNoFigure = (found: EffectsFound) => {
  expect(found.total).toBeNull()
  expect(found.r2).toBeNull()
  for (const { effect, money, naive, curve, p, q } of found.drivers)
    expect([effect, money, naive, curve, p, q]).toEqual([null, null, null, null, null, null])
}

test.each([
  ['no units', tableOf(new Float64Array(0), [event('late', new Float64Array(0))]), 'no_units'],
  ['few units', tableOf(came.slice(0, 60), [event('late', late.slice(0, 60))]), 'few_units'],
  ['nobody who ordered', tableOf(new Float64Array(N), [event('late', late)]), 'nobody_reached'],
  ['everybody ordering', tableOf(new Float64Array(N).fill(1), [event('late', late)]), 'everybody_reached'],
  ['no predictors', tableOf(came, []), 'no_predictors'],
  ['only a constant', tableOf(came, [event('late', new Float64Array(N))]), 'no_predictors'],
  ['a NaN', tableOf(came, [event('late', late.with(3, Number.NaN))]), 'odd_values'],
  ['a huge value', tableOf(came, [event('late', late.with(3, 1e300))]), 'odd_values'],
  ['an outcome between', tableOf(came.with(3, 0.5), [event('late', late)]), 'odd_values'],
  [
    'an outcome made of two predictors',
    tableOf(
      late.map((one, row) => one * (1 - (slow[row] as number)) + (1 - one) * (slow[row] as number)),
      [
        event('late', late),
        event('slow', slow),
        event(
          'both',
          late.map((one, row) => one * (slow[row] as number)),
        ),
      ],
    ),
    'told_apart',
  ],
  [
    '40 events for 12 predictors',
    tableOf(
      columnOf(N, (row) => (row % 20 === 0 ? 1 : 0)),
      Array.from({ length: 12 }, (_, at) => event(`fact ${at}`, flags(0.4))),
    ),
    'few_events',
  ],
] as const)('%s: a refusal with its reason and no figure', (_, table, reason) => {
  const found = findEffects(table, { seed: 1, money: { margin: 0.3, attainable: {} } })
  expect(found.refusal?.reason).toBe(reason)
  expectNoFigure(found)
})

test('a predictor that can’t be told is left out with its reason, the others keep their effects', () => {
  const few = columnOf(N, (row) => (row < 20 ? 1 : 0))
  const never = columnOf(N, (row) => (came[row] === 0 && row % 3 === 0 ? 1 : 0))
  const predictors = [
    event('late', late),
    event('constant', new Float64Array(N)),
    event('few', few),
    event(
      'all but few',
      few.map((one) => 1 - one),
    ),
    event('never', never),
  ]
  const { drivers } = findEffects(tableOf(came, predictors), { seed: 1 })
  expect(drivers.map(({ leftOut }) => leftOut)).toEqual([
    null,
    'constant',
    'few_exposed',
    'few_unexposed',
    'told_apart',
  ])
  expect(drivers.map(({ effect }) => effect !== null)).toEqual([true, false, false, false, false])
})

test('where cases are few, what customers choose gives way first, whatever the outcome; what the shop does keeps its figure', () => {
  // 80 cases carry eight predictors.
  const rare = columnOf(N, (row) => (row % 10 === 0 ? 1 : 0))
  const done = Array.from({ length: 6 }, (_, at) => event(`done ${at}`, flags(0.2 + at / 20)))
  const chosen = Array.from({ length: 5 }, (_, at) =>
    event(`met ${at}`, flags(0.1 + at / 10), { kind: 'met', isChosen: true }),
  )
  const ask = (outcome: Float64Array, predictors: Predictor[]) =>
    findEffects(tableOf(outcome, predictors), { seed: 1 })
  const away = ({ drivers }: EffectsFound) =>
    drivers.flatMap(({ key, leftOut }) => (leftOut === 'gave_way' ? [key] : []))
  const found = ask(rare, [...chosen, ...done])
  expect(found.refusal).toBeNull()
  expect(away(found)).toEqual(['met 0', 'met 1', 'met 2'])
  for (const { leftOut, effect } of found.drivers) expect(effect === null).toBe(leftOut === 'gave_way')
  // The same number of other cases: who is left aside doesn't depend on whose they are.
  const moved = ask(
    columnOf(N, (row) => (row % 10 === 7 ? 1 : 0)),
    [...chosen, ...done],
  )
  expect(away(moved)).toEqual(away(found))
  // With 50 cases of six one has to go; of twelve more than half would, so that nothing is told.
  const fewer = columnOf(N, (row) => (row % 16 === 0 ? 1 : 0))
  expect(away(ask(fewer, done))).toEqual(['done 0'])
  const more = Array.from({ length: 6 }, (_, at) => event(`more ${at}`, flags(0.4)))
  expect(ask(fewer, [...done, ...more]).refusal).toEqual({ reason: 'few_events', n: 50, needed: 60 })
})

test('of twins neither gets a figure, each names the other; one that nearly follows from another as well', () => {
  const nearly = late.map((one, row) => (row % 400 === 0 ? 1 - one : one))
  const twins = findEffects(tableOf(came, [event('late', late), event('slow', slow), event('again', late)]), {
    seed: 1,
  })
  expect(twins.drivers.map(({ leftOut, twin }) => [leftOut, twin])).toEqual([
    ['twin', 'again'],
    [null, null],
    ['twin', 'late'],
  ])
  const near = findEffects(tableOf(came, [event('late', late), event('nearly', nearly)]), { seed: 1 })
  expect(near.refusal).toBeNull()
  expect(near.drivers.map(({ effect, twin }) => [effect, twin])).toEqual([
    [null, 'nearly'],
    [null, 'late'],
  ])
})

test('a driver that brings about a later one keeps the whole effect; the total counts what goes through it once', () => {
  const n = 20_000
  const first = columnOf(n, () => (prng.float() < 0.3 ? 1 : 0))
  const then = first.map((one) => (prng.float() < 0.2 + 0.5 * one ? 1 : 0))
  const outcome = first.map((one, row) =>
    prng.float() < 0.6 - 0.1 * one - 0.2 * (then[row] as number) ? 1 : 0,
  )
  const table = tableOf(outcome, [event('first', first), event('then', then, { stageRank: 2 })])
  const { drivers, total } = findEffects(table, { seed: 1, money: { margin: null, attainable: {} } })
  expect(drivers[0]?.effect?.value).toBeCloseTo(-0.2, 1)
  expect(drivers[1]?.effect?.value).toBeCloseTo(-0.2, 1)
  const mended = 0.3 * 0.1 + (0.2 + 0.5 * 0.3) * 0.2
  expect(Math.abs((total?.effect.value as number) - mended)).toBeLessThan(0.015)
  const sumOfRows = drivers.reduce((sum, { money }) => sum + (money?.revenue.value ?? 0), 0)
  expect(total?.money?.revenue.value).toBeLessThan(0.9 * sumOfRows)
  expect(total?.money?.margin).toBeNull()
})

test('neither the order of rows nor the unit of a mark changes what is found', () => {
  const { table } = readTable('mark')
  const order = createPrng(3).shuffle([...table.outcome.keys()])
  const move = (values: Float64Array) => Float64Array.from(order, (row) => values[row] as number)
  const moved: UnitTable = {
    ...table,
    outcome: move(table.outcome).map((mark) => 1000 * mark + 7),
    cluster: Int32Array.from(order, (row) => table.cluster[row] as number),
    predictors: table.predictors.map((predictor) => ({
      ...predictor,
      known: move(predictor.known),
      levels: predictor.levels.map(({ level, values }) => ({ level, values: move(values) })),
    })),
    controls: table.controls.map((control) => ({
      ...control,
      codes: Int32Array.from(order, (row) => control.codes[row] as number),
    })),
  }
  const [a, b] = [findEffects(table, { seed: 1 }), findEffects(moved, { seed: 1 })]
  a.drivers.forEach((driver, at) => {
    const other = b.drivers[at] as EffectsFound['drivers'][number]
    expect((other.effect?.value as number) / 1000).toBeCloseTo(driver.effect?.value as number, 8)
    expect((other.effect?.high as number) / 1000).toBeCloseTo(driver.effect?.high as number, 8)
    expect(other.p).toBeCloseTo(driver.p as number, 8)
    expect([other.verdict, other.isConfounded]).toEqual([driver.verdict, driver.isConfounded])
    expect(other.importance).toBeCloseTo(driver.importance, 8)
  })
})

test('where a value of a control tells the outcome without exception, the curve still has an end', () => {
  const codes = Int32Array.from(came, (one, row) => (one === 0 && row % 4 === 0 ? 1 : 0))
  const control: Control = { name: 'region', codes, labels: ['a', 'b'], stageRank: 0 }
  const { drivers } = findEffects(tableOf(came, [event('late', late)], [control]), { seed: 1 })
  const { curve, effect } = drivers[0] as EffectsFound['drivers'][number]
  expect(Math.abs((curve?.value as number) - (effect?.value as number))).toBeLessThan(0.03)
})

test('what too few met to be told is still controlled for', () => {
  const n = 1_200
  const of = (is: (row: number) => boolean) => Float64Array.from({ length: n }, (_, row) => Number(is(row)))
  const first = of((row) => row % 20 === 0)
  const second = of((row) => row % 80 === 0)
  const outcome = Float64Array.from(
    { length: n },
    (_, row) => 8 - 2 * (first[row] as number) - 3 * (second[row] as number) + ((row * 7) % 11) / 10,
  )
  const predictor = (key: string, values: Float64Array, stageRank: number): Predictor => ({
    ...{ key, stageRank, known: new Float64Array(n).fill(1), kind: 'event', isChosen: false, isGood: false },
    levels: [{ level: 'missed', values }],
  })
  const found = findEffects(
    {
      ...{ outcome, family: 'value', cluster: Int32Array.from(outcome.keys()), persons: n, controls: [] },
      amounts: { row: new Int32Array(), amount: new Float64Array() },
      predictors: [predictor('first', first, 1), predictor('second', second, 1)],
    },
    { seed: 1 },
  )
  const [told, left] = found.drivers
  expect(left).toMatchObject({ leftOut: 'few_exposed', effect: null })
  expect(told?.effect?.value).toBeCloseTo(-2, 1)
  expect(told?.naive?.value).toBeCloseTo(-2.75, 1)
})

test('few persons with many units, and few of an outcome on one side, have no number but stay in the model', () => {
  const n = 4_000
  const often = columnOf(n, (row) => (row < 40 ? 1 : 0))
  const rare = columnOf(n, (row) => (row >= 40 && row < 240 ? 1 : 0))
  const outcome = columnOf(n, (row) => (row < 244 ? Number(row % 60 === 3) : Number(row % 10 === 0)))
  const table = tableOf(outcome, [event('often', often), event('rare', rare), event('slow', flagsOf(n))])
  // The first forty rows are one person's.
  const cluster = Int32Array.from({ length: n }, (_, row) => Math.max(0, row - 39))
  const { drivers, refusal } = findEffects({ ...table, cluster, persons: n - 39 }, { seed: 1 })
  expect(refusal).toBeNull()
  expect(drivers.map(({ leftOut, effect }) => [leftOut, effect !== null])).toEqual([
    ['few_exposed', false],
    ['few_events', false],
    [null, true],
  ])
  expect(drivers[0]).toMatchObject({ exposed: 40, exposedPersons: 1 })
})

const flagsOf = (n: number) => columnOf(n, (row) => (row % 7 === 0 ? 1 : 0))

test('what follows from the outcome is no control, since it would explain the loss away', () => {
  const n = 6_000
  const slip = columnOf(n, () => (prng.float() < 0.3 ? 1 : 0))
  const outcome = slip.map((one) => (prng.float() < 0.4 - 0.2 * one ? 1 : 0))
  // Whoever orders has been at the checkout, and some besides.
  const checkout = outcome.map((one) => (one === 1 || prng.float() < 0.1 ? 1 : 0))
  const alone = findEffects(tableOf(outcome, [event('slip', slip)]), { seed: 1 })
  for (const stageRank of [0, 1, 2]) {
    const both = [event('slip', slip), event('checkout', checkout, { stageRank })]
    const found = findEffects(tableOf(outcome, both), { seed: 1 })
    expect(found.drivers[1]).toMatchObject({ leftOut: 'told_apart', effect: null })
    expect(found.drivers[0]?.effect?.value).toBeCloseTo(alone.drivers[0]?.effect?.value as number, 9)
    expect(found.total?.effect.value).toBeCloseTo(alone.total?.effect.value as number, 9)
  }
})

test('a person’s many rows bend the fit together: errors are raised for that, and intervals keep their word', () => {
  let held = 0
  const sets = 120
  const [persons, each, values] = [150, 8, 5]
  for (let set = 0; set < sets; set++) {
    const { float, below } = createPrng(`together ${set}`)
    const n = persons * each
    const mood = columnOf(persons, () => float() + float() + float())
    const slip = columnOf(persons, () => (float() < 0.3 ? 1 : 0))
    const row = (of: Float64Array) => columnOf(n, (at) => of[Math.floor(at / each)] as number)
    const controls = Array.from({ length: 10 }, (_, name): Control => {
      const own = Int32Array.from({ length: persons }, () => below(values))
      return {
        ...{ name: `c${name}`, labels: Array.from({ length: values }, (_, at) => `${at}`), stageRank: 0 },
        codes: Int32Array.from({ length: n }, (_, at) => own[Math.floor(at / each)] as number),
      }
    })
    const outcome = row(mood).map((one) => one + 0.3 * float())
    const table: UnitTable = {
      ...tableOf(outcome, [event('slip', row(slip))], controls),
      ...{
        family: 'value',
        cluster: Int32Array.from({ length: n }, (_, at) => Math.floor(at / each)),
        persons,
      },
    }
    const [driver] = findEffects(table, { seed: 1 }).drivers
    if (driver?.effect && driver.effect.low <= 0 && driver.effect.high >= 0) held++
  }
  expect(held).toBeGreaterThanOrEqual(binomialQuantile(0.005, sets, 0.95))
})
