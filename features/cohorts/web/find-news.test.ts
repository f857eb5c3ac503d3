import { expect, test } from 'vitest'
import { chooseTop, placePoints, toPath, writeShare } from './curve-shape.ts'
import { findNews, isBeginning } from './find-news.ts'
import { toShareOf } from './testing/sketch-retention.ts'

test('the first stretch, how far it goes, and where it fades are worth a sentence', () => {
  const mean = [toShareOf(1000, 400, 400), toShareOf(1000, 300, 500), toShareOf(1000, 100, 520), null]
  const { soon, far, fades } = findNews({ mean })
  expect([soon?.n, far?.n, fades?.n]).toEqual([1, 3, 3])
  expect(far?.cell.by.n).toBe(520)
})

test('where most come later nothing fades, and of few people nothing is told', () => {
  const orders = [toShareOf(1000, 10, 10), toShareOf(1000, 110, 120), toShareOf(1000, 1, 121)]
  expect(findNews({ mean: orders }).fades).toBeUndefined()
  expect(findNews({ mean: [toShareOf(29, 10, 10)] })).toEqual({
    soon: undefined,
    far: undefined,
    fades: undefined,
  })
  expect(findNews({ mean: [null, null] }).soon).toBeUndefined()
})

test('rows at the beginning of the record are told, later ones are not', () => {
  const cohorts = [
    { from: '2026-01-05', to: '2026-01-12', n: 0, cells: [] },
    { from: '2026-01-12', to: '2026-01-19', n: 7, cells: [] },
  ]
  expect(isBeginning({ cohorts, historyFrom: '2026-01-01' })).toBe(true)
  expect(isBeginning({ cohorts, historyFrom: '2025-11-01' })).toBe(false)
  expect(isBeginning({ cohorts: [], historyFrom: null })).toBe(false)
})

test('the scale ends at a round share above everything, and the curve keeps inside', () => {
  expect(chooseTop([0.61, 0.2])).toBe(0.8)
  expect(chooseTop([])).toBe(0.02)
  const frame = { width: 340, height: 240, top: 0.8, left: 40, right: 20, bottom: 30, count: 2 }
  const point = { at: 1, share: 0.4, low: 0.2, high: 0.8, n: 4, of: 10 }
  expect(placePoints([point], frame)).toEqual([{ x: 250, share: 118, low: 164, high: 26 }])
  expect(toPath(placePoints([point], frame), 'band')).toBe('M250.0 26.0 L250.0 164.0Z')
  expect(toPath([], 'share')).toBe('')
})

test('somebody is never written as nobody', () => {
  expect(writeShare(0.004, 'en')).toBe('<1%')
  expect(writeShare(0, 'en')).toBe('0%')
  expect(writeShare(0.126, 'en')).toBe('13%')
})
