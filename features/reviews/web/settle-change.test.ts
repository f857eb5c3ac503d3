import { expect, test } from 'vitest'
import { NEVER, type Settled, toChange, toSettled } from './settle-change.ts'

const before: Settled = { everyWeeks: '8', owner: 'a', nextOn: '2026-06-10' }

test('a review is shown as it is', () => {
  expect(toSettled({ everyWeeks: 8, owner: 'a', nextOn: '2026-06-10' })).toEqual(before)
  expect(toSettled({ everyWeeks: null, owner: null, nextOn: null })).toEqual({
    ...{ everyWeeks: NEVER, owner: null, nextOn: '' },
  })
})

test.each<[string, Partial<Settled>, object | undefined]>([
  ['nothing', {}, undefined],
  ['a rhythm', { everyWeeks: '4' }, { everyWeeks: 4 }],
  ['no rhythm, which has no next day', { everyWeeks: NEVER, nextOn: '' }, { everyWeeks: null }],
  ['nobody in charge', { owner: null }, { owner: null }],
  ['another day', { nextOn: '2027-03-01' }, { nextOn: '2027-03-01' }],
  ['no day', { nextOn: '' }, { nextOn: null }],
])('changing %s saves just that', (_, edit, change) => {
  expect(toChange(before, { ...before, ...edit })).toEqual(change)
})
