import fc from 'fast-check'
import { expect, it } from 'vitest'
import { moveTo } from './move-card.ts'

it('moves a card to its new place and leaves the others in their order', () => {
  expect(moveTo(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
  expect(moveTo(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c'])
  expect(moveTo(['a', 'b'], 1, 9)).toEqual(['a', 'b'])
  expect(moveTo(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moveTo(['a', 'b'], 5, 0)).toEqual(['a', 'b'])
})

it('loses and doubles nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(20), fc.integer(), (items, from, to) => {
      expect(moveTo(items, from, to).sort()).toEqual([...items].sort())
    }),
  )
})
