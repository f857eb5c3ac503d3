import { expect, test } from 'vitest'
import type { ConformanceAnswer } from '../contract.ts'
import { kindOf, LYING, layPath, UPRIGHT } from './lay-path.ts'

const share = (n: number, of: number) => ({ n, of, share: n / of, low: 0, high: 1 })
const step = (isOptional = false) => ({ stage: 'site', touchpoints: [], isOptional, isGone: false })
const place = (n: number, deadEnd: number) => ({
  ...{ reached: share(n, 100), skipped: null, back: null, deadEnd: share(deadEnd, n), late: 0 },
})
const ANSWER = {
  steps: [step(), step(true), step(), step()],
  figures: {
    journeys: 100,
    steps: [place(100, 40), place(30, 0), place(60, 10), place(50, 0)],
    moves: [
      { from: 0, to: 1, n: 100 },
      { from: 1, to: 2, n: 30 },
      { from: 1, to: 3, n: 30 },
      { from: 1, to: 4, n: 5 },
      { from: 3, to: 1, n: 8 },
      { from: 3, to: 4, n: 45 },
    ],
  },
} as unknown as ConformanceAnswer

test('ways straight on are bands, others arcs, the thickest first, and dead ends drop', () => {
  const lying = layPath(ANSWER, LYING)
  expect(lying).toMatchObject({ width: 560, height: 230 })
  expect(lying.bands).toHaveLength(3)
  expect(lying.arcs.map(({ move, kind }) => [move.from, move.to, kind])).toEqual([
    [1, 3, 'allowed'],
    [3, 1, 'back'],
    [1, 4, 'skip'],
  ])
  expect(lying.drops).toHaveLength(2)
  expect(lying.nodes.map(({ height }) => Math.round(height))).toEqual([62, 23, 40, 34])
})

test('on a phone the path runs down', () => {
  const { width, height, nodes } = layPath(ANSWER, UPRIGHT)
  expect([width, height]).toEqual([120, 688])
  expect(nodes.map(({ y }) => y + 7)).toEqual([86, 258, 430, 602])
})

test('nobody on the path draws nothing that isn’t a number', () => {
  const none = { ...ANSWER, figures: { ...ANSWER.figures, journeys: 0, moves: [], steps: [] } }
  const { bands, arcs, drops, nodes } = layPath(none, LYING)
  expect([bands, arcs, drops]).toEqual([[], [], []])
  expect(nodes.every(({ height }) => height === 16)).toBe(true)
  expect(kindOf({ from: 0, to: 2, n: 1 }, ANSWER.steps)).toBe('skip')
})
