import { describe, expect, test } from 'vitest'
import { createPrng, createPrngFrom } from './prng.ts'

describe('the seeded generator', () => {
  test('gives the published sequence of xoshiro128** from the state 1, 2, 3, 4', () => {
    const { bits } = createPrngFrom([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, bits)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  test('repeats itself for a seed and differs for another', () => {
    const run = (seed: number | string) => Array.from({ length: 20 }, createPrng(seed).bits)
    expect(run('demo')).toEqual(run('demo'))
    expect(run('demo')).not.toEqual(run('demo2'))
    expect(run(1)).not.toEqual(run('1'))
  })

  test('spreads evenly: chi-squared over 60 cells stays under its 99.99 % point', () => {
    const { below } = createPrng(7)
    const counts = new Array<number>(60).fill(0)
    for (let i = 0; i < 60_000; i++) {
      const cell = below(60)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chi).toBeLessThan(108.6)
  })

  test('floats lie in [0, 1) with the mean and variance of an even spread', () => {
    const { float } = createPrng('floats')
    const drawn = Array.from({ length: 100_000 }, float)
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length
    expect(drawn.every((x) => x >= 0 && x < 1)).toBe(true)
    expect(mean).toBeCloseTo(1 / 2, 2)
    expect(variance).toBeCloseTo(1 / 12, 2)
  })

  test('shuffles without losing anything or touching what it was given', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const shuffled = createPrng(3).shuffle(items)
    expect([...shuffled].sort()).toEqual([...items])
    expect(shuffled).not.toEqual([...items])
  })
})
