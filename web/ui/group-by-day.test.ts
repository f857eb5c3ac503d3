import { expect, it } from 'vitest'
import { groupByDay } from './group-by-day.ts'

const entry = (id: string, at: string) => ({ id, at: Date.parse(at) })

it('groups what happened by the calendar day of the shop and tells each day what comes after it', () => {
  const entries = [
    entry('morning', '2026-11-22T07:00:00Z'),
    entry('past midnight in Kyiv', '2026-11-21T22:30:00Z'),
    entry('evening before', '2026-11-21T21:30:00Z'),
  ]
  const days = groupByDay(entries, 'Europe/Kyiv').map(({ day, items, next }) => [
    day,
    items.map(({ id }) => id),
    next?.id,
  ])
  expect(days).toEqual([
    ['2026-11-22', ['morning', 'past midnight in Kyiv'], 'evening before'],
    ['2026-11-21', ['evening before'], undefined],
  ])
})

it('has no days when nothing happened', () => {
  expect(groupByDay([], 'Europe/Kyiv')).toEqual([])
})
