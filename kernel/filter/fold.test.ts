import { expect, test } from 'vitest'
import { FOLD_FROM, FOLD_TO, foldCase } from './fold.ts'

test('every capital has its one small letter, and no letter is folded twice', () => {
  expect(FOLD_FROM.length).toBe(FOLD_TO.length)
  expect(Array.from(FOLD_FROM).length).toBe(FOLD_FROM.length)
  expect(new Set(FOLD_FROM).size).toBe(FOLD_FROM.length)
  expect(new Set(FOLD_TO).size).toBe(FOLD_TO.length)
  expect(foldCase(FOLD_TO)).toBe(FOLD_TO)
  for (const [index, capital] of Array.from(FOLD_FROM).entries())
    expect(FOLD_TO[index]).toBe(capital.toLowerCase())
})

test('Cyrillic of the shop’s languages is folded whole', () => {
  expect(foldCase('ЩЁДРИЙ Ґанок, Їжак, Єва, Ўсё')).toBe('щёдрий ґанок, їжак, єва, ўсё')
})
