import { describe, expect, it } from 'vitest'
import { listSearchWords, readSearch } from './search-words.ts'

/** Whether a search finds a person: each word typed begins one of theirs. */
function isFound(typed: string, words: string[]): boolean {
  return readSearch(typed).every((choices) =>
    choices.some((choice) => words.some((word) => word.startsWith(choice))),
  )
}

const words = listSearchWords('Олёна Ковальчук-Д’Арк', [
  { kind: 'user', value: 'USER-77' },
  { kind: 'email', value: 'olena.kovalchuk@ukr.net' },
  { kind: 'phone', value: '+380674123390' },
  { kind: 'anonymous', value: '8f14e45f' },
])

describe('the words by which a person is found', () => {
  it.each([
    'олена',
    'ОЛЁНА ков',
    'ковальчук олена',
    'дарк',
    'user-77',
    'olena.kovalchuk@ukr.net',
    'kovalchuk',
    '+380 67 412 33 90',
    '067 412',
    '3390',
  ])('are begun by %s', (typed) => expect(isFound(typed, words)).toBe(true))

  it.each(['петро', 'олена петро', 'ukr.net', '8f14e45f', '067 413', '3391'])(
    'are not begun by %s',
    (typed) => expect(isFound(typed, words)).toBe(false),
  )
})
