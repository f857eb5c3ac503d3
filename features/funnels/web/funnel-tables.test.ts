import { expect, test } from 'vitest'
import type { FunnelAnswer } from '../contract.ts'
import { judgeChange } from './change-words.tsx'
import { toFunnelTables } from './funnel-tables.ts'
import { toBars } from './spread-bars.tsx'

const share = (n: number, of: number) => ({ n, of, share: n / of, low: 0.1, high: 0.9 })
const change = { difference: -0.1, low: -0.2, high: -0.05, p: 0.001, q: 0.002 }
const took = { quarter: 1, half: 60, most: 60, nearlyAll: 90, bins: [{ from: 1, to: 2, n: 1 }] }
const steps: FunnelAnswer['steps'] = [
  { step: { name: 'a' }, n: 300, persons: 300, ofFirst: null, ofPrevious: null, left: 200, took: null },
  {
    step: { name: 'b' },
    n: 100,
    persons: 100,
    ofFirst: share(100, 300),
    ofPrevious: share(100, 300),
    left: 0,
    took,
  },
]
const answer = {
  way: { windowDays: 30, order: 'ordered', per: 'person', isOver: true, isStandard: false },
  steps,
  groups: [{ value: '=1+1', n: [300, 100], shares: [null, share(100, 300)] }],
  leaving: null,
  other: {
    steps: steps.map((step) => ({ ...step, changeOfFirst: null, changeOfPrevious: change })),
    leaving: null,
  },
} as unknown as FunnelAnswer

test('every number of the report is in its tables, cell by cell under its heading', () => {
  const words = {
    say: (key: string) => key,
    nameStep: ({ name = '' }) => name,
    nameValue: (value: string | null) => value ?? '',
  }
  const tables = toFunnelTables(answer, words)
  expect(tables.map(({ name }) => name)).toEqual([
    'table.title',
    'groups.value',
    'compare.title',
    'times.title',
  ])
  for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length)
  expect(tables[0]?.rows[1]).toEqual(['b', 100, 1 / 3, 0.1, 0.9, 1 / 3, 0.1, 0.9, 0, 60, 90])
  expect(tables[2]?.rows[1]).toEqual(['b', 1 / 3, 1 / 3, -0.1, -0.2, -0.05, 0.001, 0.002])
  expect(tables[3]?.rows).toEqual([['b', 1, 2, 1]])
})

test('a difference is called one only when enough were counted and chance is unlikely', () => {
  expect(judgeChange(change, share(50, 100), share(60, 100))).toBe('worse')
  expect(judgeChange({ ...change, difference: 0.1 }, share(50, 100), share(60, 100))).toBe('better')
  expect(judgeChange({ ...change, q: 0.06 }, share(50, 100), share(60, 100))).toBe('same')
  expect(judgeChange(change, share(5, 20), share(60, 100))).toBe('few')
  expect(judgeChange(null, null, share(60, 100))).toBe('few')
})

test('values without anybody keep their place between others, and large ones stand together', () => {
  const value = (one: number, n: number) => ({ value: one, n, share: share(n, 10) })
  const spread = {
    n: 10,
    mean: null,
    leftOut: 0,
    values: [value(1, 5), value(3, 2), value(7, 2), value(40, 1)],
  }
  expect(toBars(spread).map(({ value: one, andMore, share: of }) => [one, andMore, of?.n ?? 0])).toEqual([
    [1, false, 5],
    [2, false, 0],
    [3, false, 2],
    [4, false, 0],
    [5, false, 0],
    [6, false, 0],
    [7, true, 3],
  ])
  expect(toBars(spread, Number.POSITIVE_INFINITY)).toHaveLength(4)
  expect(toBars({ ...spread, n: 0, values: [] })).toEqual([])
})
