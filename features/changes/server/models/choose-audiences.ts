import { type Dimension, MAX_AUDIENCES } from '../../vocabulary.ts'
import type { Audience } from './figures.ts'
import { groupBy } from './group-by.ts'

/** How many persons have a value, of all who were ever there and of those who came lately. */
export interface AudienceCount {
  dimension: Dimension
  value: string
  persons: number
  lately: number
}

/** So many values of each are followed at most. */
const MOST: Record<Dimension, number> = {
  device: 2,
  visit: 2,
  source: 5,
  origin: 2,
  region: 3,
  city: 3,
  age: 5,
  category: 3,
}
/** A source by which all come with the same mark needs no second name: `social_page/tiktok` beside `social_page/instagram`. */
function hasRivals({ value }: AudienceCount, all: readonly AudienceCount[]): boolean {
  const source = value.split('/')[0]
  return all.some((one) => one.value !== value && one.value.split('/')[0] === source)
}

/** Fewer persons than this make no audience. */
const FLOOR = 30

/**
 * The audiences that are followed, by size: of all persons or of those who came lately, whichever is larger, so that new
 * audiences are among them. Where regions are known cities say the same once more.
 */
export function chooseAudiences(counts: readonly AudienceCount[]): Audience[] {
  const byDimension = groupBy(counts, ({ dimension }) => dimension)
  if (byDimension.has('region')) byDimension.delete('city')
  const origins = byDimension.get('origin')?.filter((one, _, all) => hasRivals(one, all))
  if (origins) byDimension.set('origin', origins)
  const chosen = [...byDimension].flatMap(([dimension, values]) => {
    // Of whom a source is known, its mark is known too: there is one or there is none.
    const base = dimension === 'origin' ? (byDimension.get('source') ?? values) : values
    const sum = (of: 'persons' | 'lately') => base.reduce((total, one) => total + one[of], 0)
    const [all, lately] = [Math.max(1, sum('persons')), Math.max(1, sum('lately'))]
    const sizeOf = (one: AudienceCount) => Math.max(one.persons / all, one.lately / lately)
    return values
      .filter(({ persons, value }) => persons >= FLOOR && value !== '' && !value.includes('\0'))
      .map((one) => ({ ...one, known: all, size: sizeOf(one) }))
      .sort((a, b) => b.size - a.size || (a.value < b.value ? -1 : 1))
      .slice(0, MOST[dimension])
  })
  return chosen
    .sort((a, b) => b.size - a.size)
    .slice(0, MAX_AUDIENCES - 1)
    .map(({ dimension, value, persons, known }) => ({
      key: `${dimension}:${value}`,
      dimension,
      value,
      persons,
      known,
    }))
}
