import { expect, it } from 'vitest'
import { safeReturnPath } from './return-path.ts'

it.each([
  ['/s/1/people?q=anna#top', '/s/1/people?q=anna#top'],
  ['/', '/'],
])('%s is where one goes after signing in', (path, expected) => {
  expect(safeReturnPath(path)).toBe(expected)
})

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  's/1/people',
  '/sign-in?return=/sign-in',
  '',
  undefined,
  42,
])('%j leads home instead', (path) => {
  expect(safeReturnPath(path)).toBe('/')
})
