import { expect, test } from 'vitest'
import { isMisleading, judgeDrivers } from './judge-effect.ts'
import type { FoundDriver, UnitTable } from './units.ts'

test('the plain difference misleads where the effect rules it out, not where too little is known to say', () => {
  const around = (value: number, half: number) => ({ value, low: value - half, high: value + half })
  const naive = around(-0.03, 0.01)
  // Sure at first sight, nothing all else alike; and not so.
  expect(isMisleading(naive, around(0, 0.02))).toBe(true)
  expect(isMisleading(naive, around(-0.018, 0.02))).toBe(false)
  // Both are seen, and one excludes the other; and not so.
  expect(isMisleading(around(-0.15, 0.02), around(-0.07, 0.03))).toBe(true)
  expect(isMisleading(around(-0.15, 0.05), around(-0.1, 0.04))).toBe(false)
  expect(isMisleading(null, around(0, 0.01))).toBe(false)
})

test('what customers choose doesn’t raise the bar for what the shop does', () => {
  const effect = { value: -0.05, low: -0.09, high: -0.01 }
  const found = (at: number, p: number | null) =>
    ({ at, p, effect: p === null ? null : effect, naive: null, verdict: 'unsure' }) as FoundDriver
  const judge = (ps: (number | null)[], chosen: number[]) =>
    judgeDrivers(
      ps.map((p, at) => found(at, p)),
      {
        outcome: Float64Array.of(0, 1, 0, 1),
        family: 'share',
        predictors: ps.map((_, at) => ({ isChosen: chosen.includes(at) })),
      } as unknown as UnitTable,
    ).map(({ q, verdict }) => [q ?? null, verdict])
  // Alone in its family it keeps its p; among ten that show nothing it would not be seen.
  const nothing = Array.from({ length: 9 }, () => 0.9)
  expect(judge([0.02, ...nothing], [])[0]).toEqual([0.2, 'unsure'])
  expect(judge([0.02, ...nothing], [1, 2, 3, 4, 5, 6, 7, 8, 9])[0]).toEqual([0.02, 'harms'])
  // The other way round too, and what has no effect counts in neither.
  expect(judge([0.02, 0.9, null], [0])).toEqual([
    [0.02, 'harms'],
    [0.9, 'unsure'],
    [null, 'unsure'],
  ])
})

test('a mark that moves by too little to matter is no finding, a share is', () => {
  const effect = { value: -0.1, low: -0.16, high: -0.04 }
  const judge = (family: 'share' | 'value', outcome: number[]) =>
    judgeDrivers([{ at: 0, p: 0.001, effect, naive: null } as FoundDriver], {
      ...{ outcome: Float64Array.from(outcome), family, predictors: [{ isChosen: false }] },
    } as unknown as UnitTable)[0]?.verdict
  // Marks that scatter by 2 and by 0.5: a fifth of it is 0.4 and 0.1.
  expect(judge('value', [6, 10])).toBe('none')
  expect(judge('value', [7.5, 8.5])).toBe('harms')
  expect(judge('share', [0, 1])).toBe('harms')
})
