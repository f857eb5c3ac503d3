import { expect, test } from 'vitest'
import { formatCount, formatShare, formatTable } from './text-table.ts'

test('columns are as wide as their longest cell, numbers stand right, Cyrillic counts by letters', () => {
  const lines = formatTable(
    [{ title: 'channel' }, { title: 'orders', isNumber: true }],
    [
      ['реклама в поиске', '1,200'],
      ['mail', '3'],
    ],
  )
  expect(lines).toEqual([
    'channel           orders',
    '────────────────  ──────',
    'реклама в поиске   1,200',
    'mail                   3',
  ])
})

test('numbers are grouped, shares are per cent', () => {
  expect(formatCount(1234567.891)).toBe('1,234,567.89')
  expect(formatShare(0.1234)).toBe('12.3 %')
})
