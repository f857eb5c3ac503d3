import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandPath, isPeak, saidReach, smoothPath, splitAtGaps } from './curve.ts'

describe('the curve', () => {
  it('passes its points with level tangents', () => {
    expect(
      smoothPath([
        { x: 0, y: 10 },
        { x: 100, y: 50 },
      ]),
    ).toBe('M0,10C50,10 50,50 100,50')
  })

  it('is nothing without points', () => {
    expect(smoothPath([])).toBe('')
    expect(bandPath([{ x: 0, y: 1, low: 0, high: 2 }])).toBe('')
  })

  it('closes its band', () => {
    const band = bandPath([
      { x: 0, y: 1, low: 2, high: 0 },
      { x: 10, y: 1, low: 2, high: 0 },
    ])
    expect(band).toBe('M0,0C5,0 5,0 10,0L10,2C5,2 5,2 0,2Z')
  })

  it('breaks where there are few data', () => {
    expect(splitAtGaps([null, 1, null, null, 2, 3, null])).toEqual([[1], [2, 3]])
    expect(splitAtGaps([null])).toEqual([])
  })

  it('keeps every item and no gap', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: null })), (items) => {
        const runs = splitAtGaps(items)
        expect(runs.flat()).toEqual(items.filter((item) => item !== null))
        expect(runs.every((run) => run.length > 0)).toBe(true)
      }),
    )
  })
})

describe('the scale', () => {
  it.each([
    [[], 40],
    [[{ low: -5, high: 12 }], 40],
    [[{ low: 40, high: 58 }], 80],
    [[{ low: -99, high: 100 }], 100],
  ])('of %j reaches %i', (values, reach) => {
    expect(saidReach(values)).toBe(reach)
  })

  it('puts labels above peaks and below valleys', () => {
    const heights = [10, 40, null, 20, -30, 20]
    expect(heights.map((_, index) => isPeak(heights, index))).toEqual([false, true, false, true, false, true])
  })
})
