import { expect, test } from 'vitest'
import { MAX_AUDIENCES } from '../../vocabulary.ts'
import { type AudienceCount, chooseAudiences } from './choose-audiences.ts'

const count = (
  dimension: AudienceCount['dimension'],
  value: string,
  persons: number,
  lately = 0,
): AudienceCount => ({ dimension, value, persons, lately })
const keysOf = (counts: AudienceCount[]) => chooseAudiences(counts).map(({ key }) => key)

test('who came lately counts, however few they are among all', () => {
  const old = ['a', 'b', 'c', 'd', 'e', 'f'].map((value) => count('source', value, 5_000, 100))
  expect(keysOf([...old, count('source', 'fresh', 300, 300)])).toContain('source:fresh')
})

test('a mark is an audience where its source has others', () => {
  const counts = [
    count('origin', 'ads/google', 900),
    count('origin', 'social/one', 500),
    count('origin', 'social/two', 400),
  ]
  expect(keysOf(counts).sort()).toEqual(['origin:social/one', 'origin:social/two'])
})

test('where regions are known, cities say the same once more', () => {
  const cities = [count('city', 'Одеса', 500), count('city', 'Київ', 700)]
  expect(keysOf(cities).sort()).toEqual(['city:Київ', 'city:Одеса'])
  expect(keysOf([...cities, count('region', 'Одеська', 500)])).toEqual(['region:Одеська'])
})

test('there are never more than are followed, and never a handful of persons', () => {
  const many = (['device', 'source', 'origin', 'region', 'age', 'category', 'visit'] as const).flatMap(
    (dimension) => Array.from({ length: 9 }, (_, at) => count(dimension, `s/${at}`, 100 + at)),
  )
  expect(chooseAudiences(many)).toHaveLength(MAX_AUDIENCES - 1)
  expect(keysOf([count('device', 'phone', 29), count('region', 'x\0', 500)])).toEqual([])
})
