import { expect, test } from 'vitest'
import { readDemoOptions } from '../options.ts'
import { createLives } from '../simulate/draw-life.ts'
import { type Cause, WORDS } from '../world/words.ts'
import { createWriter } from './write-life.ts'

const options = readDemoOptions({ persons: '4000', end: '2026-11-22' }, Date.UTC(2026, 10, 22))
const draw = createLives(options)
const tell = createWriter(options)
const marks = Array.from({ length: options.persons }, (_, index) => draw(index)).flatMap((life) =>
  tell(life)
    .filter(({ message }) => message.event === 'Feedback Given')
    .map(({ message }) => ({ life, given: message.properties ?? {} })),
)
const textsOf = (cause: Cause) =>
  new Set(WORDS.filter(({ because }) => because === cause).flatMap((w) => w.texts))
const whoWrote = (cause: Cause) => {
  const texts = textsOf(cause)
  return marks.filter(({ given }) => texts.has(String(given.comment))).map(({ life }) => life)
}

test('some of those who give a mark write beside it, at every place', () => {
  const written = marks.filter(({ given }) => given.comment !== undefined)
  expect(written.length / marks.length).toBeGreaterThan(0.1)
  expect(written.length / marks.length).toBeLessThan(0.22)
  const places = new Set(written.map(({ given }) => given.touchpoint ?? given.kind))
  expect(
    [...new Set(marks.map(({ given }) => given.touchpoint ?? given.kind))].filter((p) => !places.has(p)),
  ).toEqual([])
})

test('they write about what happened to them, and about nothing else', () => {
  expect(whoWrote('late').length).toBeGreaterThan(0)
  expect(whoWrote('late').every(({ order }) => (order?.lateDays ?? 0) > 0)).toBe(true)
  expect(whoWrote('twice').every(({ after }) => after?.failures.length === 2)).toBe(true)
  expect(whoWrote('solved').every(({ after }) => after?.failures[0]?.isSolvedWell === true)).toBe(true)
  expect(whoWrote('other_price').length).toBeGreaterThan(0)
  expect(whoWrote('other_price').every(({ category }) => category.key === 'coffee')).toBe(true)
  expect(whoWrote('slow').every(({ contact }) => (contact?.answerSeconds ?? 0) > 1_800)).toBe(true)
})
