import { describe, expect, it, test } from 'vitest'
import { isAppError } from '../kernel/errors.ts'
import { fingerprintOf, nameShop, readDemoOptions } from './options.ts'
import { createLives } from './simulate/draw-life.ts'
import { defaultTruths, expected, parseTruths, TRUTHS, type Truths, truthKeys } from './truths.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (isAppError(error) && error.code === 'bad_request') return error.message
    throw error
  }
  return 'no complaint'
}

describe('truths', () => {
  it('are as written unless changed', () => {
    expect(parseTruths([])).toEqual(defaultTruths)
    expect(parseTruths(['answer30=0', 'insert = 7.5', 'late_recommend=−1'])).toEqual({
      ...defaultTruths,
      answer30: 0,
      insert: 7.5,
      late_recommend: -1,
    })
  })

  test.each([
    ['answer3=0', /no truth “answer3”.*answer30/],
    ['answer30', /answer30 is a number from -15 to 10 \(points\)/],
    ['answer30=', /answer30 is a number/],
    ['answer30=much', /answer30 is a number/],
    ['answer30=-50', /from -15 to 10/],
    ['answer30=1=2', /answer30 is a number/],
    ['toString=1', /no truth “toString”/],
  ])('“%s” is refused in words', (pair, message) => {
    expect(messageOf(() => parseTruths([pair]))).toMatch(message)
  })

  const ends: [string, (key: keyof Truths) => number][] = [
    ['smallest', (key) => TRUTHS[key].min],
    ['largest', (key) => TRUTHS[key].max],
  ]
  test.each(ends)('at their %s need no impossible chance', (_, sizeOf) => {
    const truths = Object.fromEntries(truthKeys.map((key) => [key, sizeOf(key)])) as Truths
    const draw = createLives({ ...readDemoOptions({ persons: '4000' }, NOW), truths })
    for (let index = 0; index < 4_000; index++) expect(draw(index).index).toBe(index)
  })

  it('that are confounded look about twice, or fifteen points, or two thirds of a mark as large', () => {
    const { answer30, newsletter, operator, catalogue } = expected(defaultTruths)
    expect(answer30.truth).toBe(-0.08)
    expect(answer30.naive).toBeCloseTo(-0.16, 2)
    expect(newsletter).toEqual({ truth: 0, naive: 0.15 })
    expect(operator.naive).toBeCloseTo(-0.67, 2)
    expect(catalogue.naive).toBeCloseTo(0.06, 2)
  })
})

describe('options', () => {
  test.each([
    [{ persons: '0' }, /--persons is a whole number from 1 to/],
    [{ persons: '1e9' }, /--persons/],
    [{ seed: 'x' }, /--seed is a whole number/],
    [{ seed: '' }, /--seed is a whole number/],
    [{ days: '3' }, /--days is a whole number from 120/],
    [{ end: '2026-02-30' }, /--end is a day like 2026-11-22/],
    [{ end: '2027-01-01' }, /in the future/],
  ])('%j are refused in words', (args, message) => {
    expect(messageOf(() => readDemoOptions(args, NOW))).toMatch(message)
  })

  it('make another shop of every other demo, whose name says what is different', () => {
    const usual = readDemoOptions({}, NOW)
    const other = readDemoOptions({ seed: '7', persons: '5000', truth: ['answer30=0'] }, NOW)
    expect(nameShop(usual)).toBe('Demo «Іскра»')
    expect(nameShop(other)).toBe('Demo «Іскра» · seed 7 · persons 5000 · answer30 0')
    expect(fingerprintOf(usual)).not.toBe(fingerprintOf(other))
  })

  it('that change everything still give a name that a list can show', () => {
    const truth = truthKeys.map((key) => `${key}=${TRUTHS[key].max}`)
    expect(nameShop(readDemoOptions({ truth }, NOW)).length).toBeLessThanOrEqual(120)
  })
})
