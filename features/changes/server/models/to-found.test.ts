import { expect, test } from 'vitest'
import type { Figures, Week } from './figures.ts'
import { VISIT } from './figures.ts'
import { lookAtWeeks } from './to-found.ts'

test('a slower answer is told as so many times the old time, with a range around that', () => {
  const [scale, weeks] = [120, 78]
  const nothing = { n: 0, sum: 0, squares: 0 }
  /** Eighty answers a week that lie a third around the time. */
  const weekOf = (time: number): Week => {
    const logs = Array.from({ length: 80 }, (_, at) => Math.log1p((time * (0.7 + (0.6 * at) / 79)) / scale))
    const sum = logs.reduce((all, one) => all + one, 0)
    const speed = { n: 80, sum, squares: logs.reduce((all, one) => all + one * one, 0) }
    return {
      n: 80,
      followed: 80,
      ordered: 24,
      said: nothing,
      kept: nothing,
      speed,
      median: time,
      upper: time,
    }
  }
  const chat = Array.from({ length: weeks }, (_, at) => weekOf(at < 70 ? 60 : 180))
  const visit = chat.map((week) => ({ ...week, n: 400, speed: nothing }))
  const figures = {
    ...{ firstWeek: 2_800, weeks, followedWeeks: weeks - 2, audiences: [] },
    places: [{ key: 'chat', group: VISIT, isApart: false, speed: { unit: 's', scale, isUpper: false } }],
    line: (place: string, audience: string) => (audience !== '' ? [] : place === 'chat' ? chat : visit),
    ...{ known: () => [], both: () => 0, recent: () => 0, recentKnown: () => 0 },
  } as unknown as Figures
  const [slower] = lookAtWeeks(figures).alarms.map(({ change }) => change)
  const ratio = (slower?.after ?? 0) / (slower?.before ?? 1)
  expect(slower).toMatchObject({ metric: 'speed', place: 'chat', unit: 's' })
  expect(Math.abs(ratio - 3)).toBeLessThan(0.1)
  expect(slower?.low).toBeLessThan(ratio)
  expect(slower?.high).toBeGreaterThan(ratio)
})
