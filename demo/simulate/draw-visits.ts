import { type Day, localDay } from '../../kernel/time.ts'
import type { DemoOptions } from '../options.ts'
import { CATEGORIES, type Category, type Product } from '../world/catalogue.ts'
import { AGE_GROUPS, YOUNG_AGE } from '../world/people.ts'
import { CITIES, ZONE } from '../world/places.ts'
import { CATALOGUE_REACH, RECOMMENDATION, SHARES } from '../world/rates.ts'
import { DIRECT, SOURCES, type Source, YOUNG_SOURCE } from '../world/sources.ts'
import { clock, YOUNG_DAYS } from './arrivals.ts'
import type { Draw } from './draw.ts'
import type { Life, Traits, Visit } from './life.ts'

/** Who arrives on a day, by which way, and what they look at. Contact and order are drawn afterwards. */
export function drawArrival(draw: Draw, options: DemoOptions, index: number, day: Day): Life {
  const isYoung = day >= options.end - YOUNG_DAYS && draw.happens(options.truths.young / 100)
  const source: Source = isYoung ? YOUNG_SOURCE : draw.byShare(SOURCES)
  const category: Category = draw.byShare(CATEGORIES)
  const product: Product = draw.one(category.products)
  const isEvening = draw.happens(SHARES.evening)
  return {
    index,
    traits: drawTraits(draw, isYoung),
    source,
    category,
    product,
    sawCatalogue: draw.happens(source.isAd ? CATALOGUE_REACH.fromAd : CATALOGUE_REACH.other),
    visits: drawVisits(draw, day, source, isEvening),
    isEvening,
    contact: undefined,
    order: undefined,
    after: undefined,
  }
}

function drawTraits(draw: Draw, isYoung: boolean): Traits {
  return {
    city: draw.byShare(CITIES),
    isPhone: draw.happens(isYoung ? 0.95 : SHARES.phone),
    isYoung,
    ageGroup: isYoung ? YOUNG_AGE : draw.byShare(AGE_GROUPS).key,
    need: draw.between(-1, 1),
    isKeen: draw.happens(SHARES.keen),
    kindness: RECOMMENDATION.calm + draw.between(-1, 1) * RECOMMENDATION.spread,
  }
}

const VISIT_COUNTS = [
  { count: 1, share: 0.62 },
  { count: 2, share: 0.27 },
  { count: 3, share: 0.11 },
]

/** The hour of the main visit makes it an evening one; a contact follows within the half hour. */
function drawVisits(draw: Draw, first: Day, source: Source, isEvening: boolean): Visit[] {
  const { count } = draw.byShare(VISIT_COUNTS)
  const visits: Visit[] = []
  let day = first
  for (let number = 1; number <= count; number++) {
    const isMain = number === count
    const hours = isMain && isEvening ? draw.between(19.05, 22.2) : draw.between(9, 18.3)
    visits.push({ at: clock(day, hours), source: number === 1 ? source : DIRECT })
    day += draw.whole(1, 4)
  }
  return visits
}

export function mainVisit({ visits }: Life): Visit {
  return visits[visits.length - 1] as Visit
}

export function dayOf(ms: number): Day {
  return localDay(ms, ZONE)
}
