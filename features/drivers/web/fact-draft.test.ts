import { expect, test } from 'vitest'
import { checkDraft, emptyDraft, toFact } from './fact-draft.ts'

const draft = { ...emptyDraft('receipt'), name: ' Подарок ', event: 'Gift Added' }

test('a fact without a name or an event isn’t one', () => {
  expect(checkDraft(emptyDraft('receipt'))).toEqual({ name: 'missing', event: 'missing' })
  expect(checkDraft(draft)).toEqual({})
})

test('a property needs its name and a value, and “at least” a number', () => {
  expect(checkDraft({ ...draft, how: 'equals' })).toEqual({ property: 'missing', value: 'missing' })
  expect(checkDraft({ ...draft, how: 'atLeast', property: 'size', value: 'big' })).toEqual({
    value: 'number',
  })
  expect(checkDraft({ ...draft, how: 'atLeast', property: 'size', value: '1 200,5' })).toEqual({})
})

test('what was written becomes a fact, with a key of its own', () => {
  expect(toFact(draft, [])).toEqual({
    ...{ key: 'gift_added', name: 'Подарок', event: 'Gift Added', stage: 'receipt' },
    ...{ property: null, equals: null, atLeast: null },
  })
  const sized = toFact({ ...draft, how: 'atLeast', property: 'size', value: '1,5' }, ['gift_added'])
  expect(sized).toMatchObject({ key: 'gift_added_2', property: 'size', atLeast: 1.5, equals: null })
  expect(toFact({ ...draft, event: 'Подарунок' }, []).key).toBe('fact')
  expect(toFact({ ...draft, event: `2 ${'x'.repeat(90)}` }, []).key).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
})
