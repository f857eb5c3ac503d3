import { expect, test } from 'vitest'
import { readDemoOptions } from '../../../demo/options.ts'
import { planOf, tellAll } from '../../../demo/product/find-planted.ts'
import { OUTCOMES } from '../vocabulary.ts'
import { makeListing, sizeOfListing } from './make-listing.ts'
import { openMarks, toMarks } from './marks.ts'
import { type ListedPerson, type ListQuestion, takeFromListing } from './take-from-listing.ts'
import { listOfDriver } from './testing/list-of-driver.ts'

const KINDS: readonly ListQuestion['kind'][] = ['lost', 'exposed', 'unexposed']

test('a listing tells of each driver those whom one finds by looking for that driver alone, page after page', () => {
  const options = readDemoOptions({ persons: '150', seed: '5', end: '2026-05-21' }, Date.UTC(2026, 4, 22))
  const histories = tellAll(options).sort((a, b) => (a.person < b.person ? -1 : 1))
  let listed = 0
  for (const outcome of OUTCOMES) {
    const plan = planOf(options, outcome)
    const listing = structuredClone(makeListing(histories, plan))
    expect(takeFromListing(listing, { driver: 'none', kind: 'lost', limit: 9 })).toBeNull()
    for (const driver of listing.drivers.keys())
      for (const kind of KINDS) {
        const all = listOfDriver(histories, plan, { driver, kind, limit: 10_000 })
        const pages: ListedPerson[] = []
        for (;;) {
          const page = takeFromListing(listing, { driver, kind, after: pages.at(-1), limit: 30 }) ?? []
          pages.push(...page)
          if (page.length < 30) break
        }
        expect(pages, `${outcome} ${driver} ${kind}`).toEqual(all)
        listed += pages.length
      }
  }
  expect(listed).toBeGreaterThan(3_000)
})

test('a listing takes little, however many drivers know the same of the same units', () => {
  const options = readDemoOptions({ persons: '150', seed: '5', end: '2026-05-21' }, Date.UTC(2026, 4, 22))
  const listing = makeListing(tellAll(options), planOf(options, 'ordered'))
  const { at, drivers } = listing
  // An id, a time, a number and two bits for each driver at most, were each person a unit.
  expect(sizeOfListing(listing)).toBeLessThan(at.length * (36 + 8 + 4) + drivers.size * (at.length / 4 + 40))
})

test('marks are read as they were written, whether few or many', () => {
  for (const n of [0, 1, 8, 9, 1_000])
    for (const every of [1, 2, 3, 100, 999]) {
      const is = (place: number) => place % every === every - 1
      const open = openMarks(toMarks(n, is), n)
      const places = Array.from({ length: n }, (_, place) => place)
      expect(places.filter(open)).toEqual(places.filter(is))
    }
  expect(toMarks(1_000, (place) => place === 7)).toEqual(Uint32Array.of(7))
  expect(toMarks(1_000, () => true).byteLength).toBe(125)
})
