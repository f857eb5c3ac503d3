import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { analyseDrivers, type DriversArgs } from './analyse-drivers.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-drivers-'))
})
afterAll(() => rm(folder, { recursive: true }))

const REFERENCE = join(import.meta.dirname, '../../../test/reference')

async function run(file: string, args: Partial<DriversArgs>) {
  const remarks: string[] = []
  const output: CommandOutput = {
    isTerminal: false,
    wantsJson: true,
    line: () => undefined,
    json: () => undefined,
    remark: (remark) => void remarks.push(remark),
  }
  const whole: DriversArgs = {
    outcome: 'y',
    predictors: ['x'],
    family: 'gaussian',
    categorical: [],
    robust: false,
    firth: false,
    mayHaveFewEvents: false,
    mayLeaveOut: false,
    ...args,
  }
  return { answer: await analyseDrivers(file, whole, output), remarks }
}

async function analyse(rows: readonly string[], args: Partial<DriversArgs> = {}) {
  const file = join(folder, 'table.csv')
  await writeFile(file, `${rows.join('\n')}\n`)
  return run(file, args)
}

interface Reference {
  file: string
  outcome: string
  predictors: string[]
  family: 'gaussian' | 'binomial'
  robust: boolean
  n: number
  coefficients: Record<'estimate' | 'low' | 'high' | 'p', number>[]
  importance: number[]
  r2: number
}

const references = JSON.parse(readFileSync(join(REFERENCE, 'drivers.json'), 'utf8')) as Reference[]

test.each(references)(
  '$file, $family, robust $robust: equal to other software to 1e-6',
  async (reference) => {
    const { outcome, predictors, family, robust, file } = reference
    const { answer } = await run(join(REFERENCE, file), { outcome, predictors, family, robust })
    expect(answer.n).toBe(reference.n)
    expect(answer.r2).toBeCloseTo(reference.r2, 9)
    answer.coefficients.forEach((found, at) => {
      for (const key of ['estimate', 'low', 'high', 'p'] as const) {
        const expected = reference.coefficients[at]?.[key] as number
        expect(Math.abs(found[key] - expected)).toBeLessThan(1e-6 * Math.max(1e-6, Math.abs(expected)))
      }
    })
    const shares = new Map(answer.importance.map(({ name, share }) => [name, share]))
    predictors.forEach((name, at) => {
      expect(shares.get(name)).toBeCloseTo(reference.importance[at] as number, 7)
    })
  },
)

test('Longley’s data give the values that NIST certifies', async () => {
  const predictors = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6']
  const { answer } = await run(join(REFERENCE, 'longley.csv'), { predictors })
  const certified = [
    -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
    -0.0511041056535807, 1829.15146461355,
  ]
  answer.coefficients.forEach(({ estimate }, at) => {
    expect(estimate / (certified[at] as number)).toBeCloseTo(1, 9)
  })
  expect(answer.r2).toBeCloseTo(0.995479004577296, 12)
})

const numbers = Array.from({ length: 60 }, (_, at) => at)

test('a constant, twins, too few rows and an outcome that never changes are refused with the reason', async () => {
  const rows = (make: (at: number) => string) => numbers.map(make)
  await expect(
    analyse(['y,x,z', ...rows((at) => `${at % 7},${at},0.1`)], { predictors: ['x', 'z'] }),
  ).rejects.toThrow('“z” is the same in every row')
  await expect(
    analyse(['y,x,z', ...rows((at) => `${at % 7},${at},${2 * at + 1}`)], { predictors: ['x', 'z'] }),
  ).rejects.toThrow('“z” follows exactly from “x”')
  await expect(analyse(['y,x', '1,2', '2,3'])).rejects.toThrow('2 whole rows are too few for 2 coefficients')
  await expect(analyse(['y,x', ...rows((at) => `5,${at}`)])).rejects.toThrow(
    'The outcome is the same in every row',
  )
})

test('a predictor that tells the outcome without exception is refused, unless Firth is asked for', async () => {
  const rows = ['y,x', ...numbers.map((at) => `${at < 30 ? 0 : 1},${at}`)]
  await expect(analyse(rows, { family: 'binomial' })).rejects.toThrow('without a single exception')
  const { answer } = await analyse(rows, { family: 'binomial', firth: true })
  expect(answer.coefficients[1]?.estimate).toBeGreaterThan(0)
})

test('Firth’s penalty on a two by two table adds a half to each cell', async () => {
  // For one yes-or-no predictor the penalised estimate is the log odds ratio with ½ in each cell.
  const cells = [
    ['0,a', 20],
    ['1,a', 10],
    ['0,b', 30],
  ] as const
  const rows = ['y,x', ...cells.flatMap(([row, times]) => Array.from({ length: times }, () => row))]
  const { answer, remarks } = await analyse(rows, { family: 'binomial' })
  expect(answer.coefficients[1]?.name).toBe('x=b')
  expect(answer.coefficients[1]?.estimate).toBeCloseTo(Math.log(0.5 / 30.5) - Math.log(10.5 / 20.5), 7)
  expect(remarks).toContain('“x” is compared with “a”.')
  expect(remarks.join()).toContain('Firth’s penalty was used')
})

test('Firth’s estimates, the ends and p values of their profile are those of a plain search for the greatest height', async () => {
  interface Reference {
    file: string
    outcome: string
    predictors: string[]
    coefficients: { estimate: number; low: number; high: number; p: number }[]
  }
  const cases: Reference[] = JSON.parse(readFileSync(join(REFERENCE, 'drivers-firth.json'), 'utf8'))
  for (const { file, outcome, predictors, coefficients } of cases) {
    const { answer } = await run(join(REFERENCE, file), {
      ...{ outcome, predictors, family: 'binomial', firth: true, mayHaveFewEvents: true },
    })
    coefficients.forEach((expected, at) => {
      const found = answer.coefficients[at]
      for (const key of ['estimate', 'low', 'high', 'p'] as const)
        expect(Math.abs((found?.[key] ?? Number.NaN) - expected[key]), `${file} ${at} ${key}`).toBeLessThan(
          1e-6,
        )
    })
  }
})

test('where an outcome is told without exception, errors made of what is left over would be none', async () => {
  const rows = ['y,x', ...numbers.map((at) => `${at < 15 ? 1 : at % 2},${at < 15 ? 1 : 0}`)]
  const plain = await analyse(rows, { family: 'binomial' })
  const robust = await analyse(rows, { family: 'binomial', robust: true })
  expect(robust.answer.coefficients).toEqual(plain.answer.coefficients)
  expect(robust.remarks.join()).toContain('errors are not made of what is left')
})

test('what the predictors give exactly is refused', async () => {
  const rows = ['y,x,z', ...numbers.map((at) => `${3 * at + 1},${at},${(at * 7) % 11}`)]
  await expect(analyse(rows, { predictors: ['x', 'z'] })).rejects.toThrow('give the outcome exactly')
})

test('few events are refused; rows that lack something are left out and told', async () => {
  const rows = ['y,x', ...numbers.map((at) => `${at === 3 || at === 40 ? 1 : 0},${at}`)]
  await expect(analyse(rows, { family: 'binomial' })).rejects.toThrow('The rarer outcome came 2 times')
  const { answer, remarks } = await analyse([
    'y,x',
    ...numbers.map((at) => `${at % 5},${at < 3 ? 'NA' : at}`),
  ])
  expect(answer.n).toBe(57)
  expect(remarks).toContain('3 of 60 rows lack something and are left out: x 3.')
})

test('a word among numbers is refused by its line, an unknown column by those there are', async () => {
  await expect(analyse(['y,x', '1,2', '2,abc', '3,4', '5,6'])).rejects.toThrow('Line 3: “x” is “abc”')
  await expect(analyse(['y,z', '1,2'])).rejects.toThrow('There is no column “x”. The file has: y, z.')
})

test('what is no number, or larger than anything in a shop, is refused by its line unless such rows may be left out', async () => {
  const rows = (odd: string) => ['y,x', ...numbers.map((at) => `${at % 5},${at === 7 ? odd : at}`)]
  for (const odd of ['NaN', '-Infinity', '1e999'])
    await expect(analyse(rows(odd))).rejects.toThrow(`Line 9: “x” is “${odd}”, which is no number. Mend it`)
  await expect(analyse(rows('1e15'))).rejects.toThrow('which no measure of a shop can be')
  const { answer, remarks } = await analyse(rows('NaN'), { mayLeaveOut: true })
  expect(answer.n).toBe(59)
  expect(remarks[0]).toContain('1 rows were left out; line 9')
  await expect(analyse(['y,x', ...numbers.map((at) => `"1,5",${at}`)])).rejects.toThrow(
    'Write decimals with a point: 1.5.',
  )
})

test('two columns of one name, and near twins, are refused or told', async () => {
  await expect(analyse(['y,x,x', ...numbers.map((at) => `${at % 7},${at},1`)])).rejects.toThrow(
    'Two columns are called “x”',
  )
  const twin = (less: number) => [
    'y,x,z',
    ...numbers.map((at) => `${at % 7},${at},${at + less * ((at * 31) % 17)}`),
  ]
  const predictors = ['x', 'z']
  await expect(analyse(twin(1e-4), { predictors })).rejects.toThrow('“z” follows all but exactly from “x”')
  expect((await analyse(twin(0.01), { predictors })).remarks.join()).toContain('“x”, “z” go almost wholly')
  expect((await analyse(twin(3), { predictors })).remarks.join()).not.toContain('almost wholly')
})
