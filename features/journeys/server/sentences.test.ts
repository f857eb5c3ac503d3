import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Estimate, MapStage, MapTouchpoint, Sentence } from '../contract.ts'
import { chooseSentences } from './sentences.ts'

type Figures = Partial<Pick<MapTouchpoint, 'persons' | 'said' | 'kept' | 'heard' | 'isByLoad'>>

/** An estimate with the same distance to both ends. */
const about = (mean: number, reach: number, n = 500): Estimate => ({
  n,
  mean,
  low: mean - reach,
  high: mean + reach,
})
const nothing = {
  persons: 500,
  contacts: 500,
  said: null,
  kept: null,
  expected: null,
  heard: { persons: 100, share: 0.2 },
  measured: 0,
}
const placed = (key: string, of: Figures = {}): MapTouchpoint => ({
  key,
  ...nothing,
  reach: 1,
  templates: null,
  isByLoad: false,
  ...of,
})
const staged = (key: string, of: Figures = {}, touchpoints: MapTouchpoint[] = []): MapStage => {
  const { isByLoad: _, ...figures } = of
  return { key, ...nothing, next: null, after: [], promises: null, touchpoints, ...figures }
}
const silence = {
  sentences: { better: null, worse: null, next: null },
  largestGain: null,
  largestLoss: null,
}

describe('nothing is said', () => {
  test.each([
    ['of a shop without anybody', [], []],
    ['of stages without figures', [staged('site')], [staged('site')]],
    [
      'of a change whose interval holds zero',
      [staged('site', { said: about(5, 6) })],
      [staged('site', { said: about(0, 6) })],
    ],
    [
      'of standards whose interval holds three quarters',
      [staged('site', { kept: about(0.7, 0.06) })],
      [staged('site', { kept: about(0.73, 0.06) })],
    ],
    [
      'in numbers of fewer than a hundred persons, however certain they are',
      [staged('site', { said: about(-60, 5, 99), kept: about(0.1, 0.05, 99) })],
      [staged('site', { said: about(60, 5), kept: about(0.9, 0.05) })],
    ],
    [
      'of a change from fewer than a hundred persons',
      [staged('site', { said: about(9, 10) })],
      [staged('site', { said: about(60, 5, 99) })],
    ],
    [
      'of a gain over a period that has no figure, when today’s interval holds zero',
      [staged('site', { said: about(9, 10) })],
      [staged('site')],
    ],
    ['of nobody’s stage', [staged('site', { persons: 0, said: about(-50, 1) })], []],
  ] as [string, MapStage[], MapStage[]][])('%s', (_, now, before) => {
    expect(chooseSentences(now, before)).toEqual(silence)
  })

  test('of one in twenty of many figures that only chance has moved', () => {
    // Each alone would be believed (p = 0.04); of sixty such, some are chance, so none is.
    const keys = Array.from({ length: 60 }, (_, n) => `stage_${n}`)
    const now = keys.map((key, n) => staged(key, { said: about(n === 7 ? 10 : 0, 6.75) }))
    const before = keys.map((key) => staged(key, { said: about(0, 6.75) }))
    expect(chooseSentences([now[7] as MapStage], [before[7] as MapStage]).sentences.better).not.toBeNull()
    expect(chooseSentences(now, before).sentences.better).toBeNull()
  })
})

describe('what is said', () => {
  const before = [
    staged('contact', { said: about(20, 5), kept: about(0.8, 0.03) }, [
      placed('chat', { said: about(30, 5), kept: about(0.9, 0.02) }),
    ]),
    staged('receipt', { said: about(0, 5), persons: 2_000 }),
  ]

  test('of a change names the stage, both figures, their difference and how many spoke', () => {
    const now = [staged('receipt', { said: about(25, 5, 640), persons: 2_000 })]
    expect(chooseSentences(now, before).sentences.better).toEqual({
      key: 'better_said',
      values: { stage: 'receipt', now: 25, before: 0, points: 25, count: 640 },
      stage: 'receipt',
      touchpoint: null,
      tone: 'won',
    })
  })

  test('of a standard is a share', () => {
    const now = [staged('contact', { kept: about(0.6, 0.03, 310) })]
    expect(chooseSentences(now, before).sentences.worse).toMatchObject({
      key: 'worse_kept',
      values: { stage: 'contact', nowShare: 0.6, beforeShare: 0.8, changeShare: expect.closeTo(-0.2, 9) },
      tone: 'lost',
    })
  })

  test('is the largest by size times persons', () => {
    const now = [
      staged('contact', { said: about(60, 5) }),
      staged('receipt', { said: about(15, 5), persons: 2_000 }),
    ]
    // 40 points for 500 persons against 15 points for 2,000.
    expect(chooseSentences(now, before).sentences.better?.stage).toBe('receipt')
  })

  test('is about the touchpoint where it alone moved its stage', () => {
    const now = [
      staged('contact', { said: about(-40, 5) }, [placed('chat', { said: about(-40, 5) })]),
      staged('receipt', { said: about(0, 5), persons: 2_000 }),
    ]
    expect(chooseSentences(now, before).sentences.worse).toMatchObject({
      key: 'worse_said_at',
      touchpoint: 'chat',
    })
  })

  test('is that customers are unhappy where nothing is known to have changed', () => {
    const now = [staged('delivery', { said: about(-30, 8) })]
    expect(chooseSentences(now, []).sentences).toMatchObject({
      better: null,
      worse: { key: 'worse_low_said', values: { stage: 'delivery', now: -30, count: 500 } },
    })
  })

  test.each([
    [{ kept: about(0.5, 0.1), persons: 900 }, 'next_mend', 'lost'],
    [{ kept: about(0.3, 0.05), isByLoad: true }, 'next_speed', 'lost'],
    [{ kept: about(0.74, 0.05), heard: { persons: 3, share: 0 } }, 'next_ask', 'even'],
    [{ kept: about(0.74, 0.05) }, undefined, undefined],
    [{ persons: 99, heard: { persons: 3, share: 0.03 } }, undefined, undefined],
  ] as [Figures, string | undefined, string | undefined][])('to do next of %j is %s', (of, key, tone) => {
    const { next } = chooseSentences([staged('contact', {}, [placed('chat', of)])], []).sentences
    expect([next?.key, next?.tone]).toEqual([key, tone])
  })

  test('of gains and losses is the certain stage that meets most persons', () => {
    const now = [
      staged('site', { said: about(50, 5), persons: 5_000 }),
      staged('contact', { said: about(-10, 12) }),
      staged('delivery', { said: about(-20, 5) }),
      staged('opinion', { kept: about(0.1, 0.05), persons: 9_000 }),
    ]
    const { largestGain, largestLoss } = chooseSentences(now, [])
    expect([largestGain?.key, largestGain?.stage]).toEqual(['gain_said', 'site'])
    // What customers say goes before what standards say.
    expect([largestLoss?.key, largestLoss?.stage]).toEqual(['loss_said', 'delivery'])
  })
})

const anyEstimate = (low: number, high: number) =>
  fc.option(
    fc
      .tuple(
        fc.integer({ min: 30, max: 5_000 }),
        fc.double({ min: low, max: high, noNaN: true }),
        fc.double({ min: 0.001, max: 0.6, noNaN: true }),
        fc.double({ min: 0.001, max: 0.6, noNaN: true }),
      )
      .map(([n, mean, down, up]) => ({
        n,
        mean,
        low: Math.max(low, mean - (down * (high - low)) / 2),
        high: Math.min(high, mean + (up * (high - low)) / 2),
      })),
    { nil: null },
  )
const anyFigures = fc.record({
  persons: fc.integer({ min: 0, max: 9_000 }),
  said: anyEstimate(-100, 100),
  kept: anyEstimate(0, 1),
  isByLoad: fc.boolean(),
})
const anyMap = fc
  .array(fc.tuple(anyFigures, anyFigures), { minLength: 1, maxLength: 5 })
  .map((all) =>
    all.map(([stage, touchpoint], n) => staged(`stage_${n}`, stage, [placed(`touchpoint_${n}`, touchpoint)])),
  )

/** What a sentence is about, in a map. */
const find = (map: readonly MapStage[], { stage, touchpoint }: Sentence) => {
  const found = map.find(({ key }) => key === stage)
  return touchpoint === null ? found : found?.touchpoints.find(({ key }) => key === touchpoint)
}

test('whatever the figures, no sentence says what its interval doesn’t support', () => {
  fc.assert(
    fc.property(anyMap, anyMap, (now, before) => {
      const { sentences, largestGain, largestLoss } = chooseSentences(now, before)
      const all = [sentences.better, sentences.worse, sentences.next, largestGain, largestLoss]
      for (const sentence of all) if (sentence) expectSupported(sentence, now, before)
      expect([sentences.better?.tone ?? 'won', sentences.worse?.tone ?? 'lost']).toEqual(['won', 'lost'])
    }),
    { numRuns: 500 },
  )
})

function expectSupported(sentence: Sentence, now: readonly MapStage[], before: readonly MapStage[]): void {
  const { key } = sentence
  const [ours, theirs] = [find(now, sentence), find(before, sentence)]
  const measure = key.includes('said') ? 'said' : 'kept'
  const [estimate, earlier] = [ours?.[measure], theirs?.[measure]]
  const isUp = key.startsWith('better') || key.startsWith('gain')
  // The intervals of a change may touch, but neither holds the other's middle.
  const isChange = /^(better|worse)_(said|kept)/.test(key)
  const usual = isChange ? earlier?.mean : measure === 'said' ? 0 : 0.5
  if (key === 'next_ask') expect(ours?.persons).toBeGreaterThanOrEqual(100)
  else if (key.startsWith('next')) expect(estimate?.high).toBeLessThan(0.75)
  else if (isUp) expect(estimate?.low).toBeGreaterThan(usual ?? Number.NaN)
  else expect(estimate?.high).toBeLessThan(usual ?? Number.NaN)
}
