import { expect, it } from 'vitest'
import { toCsvLine } from './csv.ts'

it('quotes what would break a line', () => {
  expect(toCsvLine(['a', 'b,c', 'say "x"', 'two\nlines', ' edge', 1.5, null])).toBe(
    'a,"b,c","say ""x""","two\nlines"," edge",1.5,\r\n',
  )
})

it.each([
  ['=1+1', "'=1+1"],
  ['+cmd|x', "'+cmd|x"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['tea;=1+1', `"tea;'=1+1"`],
  ['tea; "=cmd|x', `"tea; ""'=cmd|x"`],
  ['tea\n@SUM(A1)', `"tea\n'@SUM(A1)"`],
  ['tea;-cmd|x', `"tea;'-cmd|x"`],
  ['1;-2;+3', '"1;-2;+3"'],
  ['to buy:\n- tea\n- cups', '"to buy:\n- tea\n- cups"'],
  ['-12.50', '-12.50'],
  ['+380501234567', '+380501234567'],
])('makes %s harmless and leaves numbers alone', (text, cell) => {
  expect(toCsvLine([text])).toBe(`${cell}\r\n`)
})
