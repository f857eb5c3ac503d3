import { expect, test } from 'vitest'
import type { Review } from '../../contract.ts'
import { findDue, orderReviews } from './order-reviews.ts'

const TODAY = 20_000

test.each([
  ['overdue', TODAY - 1, true],
  ['week', TODAY, true],
  ['week', TODAY + 6, true],
  ['later', TODAY + 7, true],
  ['first', undefined, false],
  ['later', undefined, true],
] as const)('%s when it is due on day %s', (due, next, wasChecked) => {
  expect(findDue({ next, isRegular: true, wasChecked }, TODAY)).toBe(due)
  expect(findDue({ next, isRegular: false, wasChecked }, TODAY)).toBe('off')
})

test('the longest overdue come first, and of those never checked the ones that let most people down', () => {
  const level = (mean: number) => ({ n: 100, mean, low: mean, high: mean })
  const review = (
    touchpoint: string,
    due: Review['due'],
    daysLeft: number | null,
    persons = 0,
    kept = 1,
  ) => ({
    ...({ touchpoint, due, daysLeft } as Review),
    now: { persons, said: null, kept: level(kept) },
  })
  const ordered = orderReviews([
    review('later', 'later', 20),
    review('calm', 'first', null, 900, 1),
    review('soon', 'week', 3),
    review('rough', 'first', null, 200, 0.4),
    review('late', 'overdue', -2),
    review('older', 'overdue', -30),
  ])
  expect(ordered.map(({ touchpoint }) => touchpoint)).toEqual([
    'older',
    'late',
    'soon',
    'rough',
    'calm',
    'later',
  ])
})
