import { expect, it } from 'vitest'
import { formatSpan } from './format-span.ts'

it.each([
  [0, '0 sec'],
  [-5, '0 sec'],
  [89, '89 sec'],
  [240, '4 min'],
  [89 * 60, '89 min'],
  [5_400, '1.5 hr'],
  [276_480, '3.2 days'],
  [30 * 86_400, '30 days'],
])('%i seconds are said as %s', (seconds, text) => {
  expect(formatSpan(seconds, 'en')).toBe(text)
})
