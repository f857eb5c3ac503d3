import { describe, expect, it } from 'vitest'
import { changeBetween, toneOfKept, toneOfSaid, weightOf } from './judge.ts'

const estimate = (n: number, mean: number, half: number) => ({ n, mean, low: mean - half, high: mean + half })

describe('what may be shown', () => {
  it.each([
    [0, 'none'],
    [29, 'none'],
    [30, 'word'],
    [99, 'word'],
    [100, 'number'],
  ])('of %i persons is: %s', (n, weight) => {
    expect(weightOf(estimate(n, 10, 5))).toBe(weight)
  })

  it('of nothing is nothing', () => {
    expect(weightOf(null)).toBe('none')
    expect(toneOfSaid(null)).toBe('quiet')
    expect(toneOfKept(undefined)).toBe('quiet')
  })
})

describe('the colour of a meaning', () => {
  it.each([
    [30, 10, 'won'],
    [9, 10, 'even'],
    [-9, 10, 'even'],
    [-30, 10, 'lost'],
  ])('of what was said, %i ± %i, is %s', (mean, half, tone) => {
    expect(toneOfSaid(estimate(500, mean, half))).toBe(tone)
  })

  it.each([
    [0.9, 0.02, 'won'],
    [0.76, 0.02, 'even'],
    [0.6, 0.02, 'even'],
    [0.4, 0.02, 'lost'],
  ])('of what was kept, %d ± %d, is %s', (mean, half, tone) => {
    expect(toneOfKept(estimate(500, mean, half))).toBe(tone)
  })
})

describe('a change', () => {
  it('adds the errors of both sides as squares', () => {
    const change = changeBetween(estimate(500, 20, 3), estimate(500, 10, 4))
    expect(change).toMatchObject({ by: 10, verdict: 'better' })
    expect(change?.low).toBeCloseTo(5, 9)
    expect(change?.high).toBeCloseTo(15, 9)
  })

  it('is none where the interval holds zero', () => {
    expect(changeBetween(estimate(500, 12, 3), estimate(500, 10, 4))?.verdict).toBe('same')
    expect(changeBetween(estimate(500, 0, 3), estimate(500, 10, 4))?.verdict).toBe('worse')
  })

  it('is not told from few persons', () => {
    expect(changeBetween(estimate(99, 50, 1), estimate(500, 10, 1))).toBeNull()
    expect(changeBetween(null, estimate(500, 10, 1))).toBeNull()
  })
})
