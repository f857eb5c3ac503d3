import { personsJoin } from '../../people/server/reads.ts'
import type { Query } from '../../reports/server/reads.ts'
import type { Registry, Standard } from '../../touchpoints/contract.ts'
import { NOW_WEEKS, TREND_WEEKS } from '../vocabulary.ts'

export interface TrendsPlan {
  shop: number
  timeZone: string
  registry: Pick<Registry, 'touchpoints'>
  /** The first day that is read, and its moments in ms since 1970, half-open. */
  first: number
  moments: { from: number; to: number }
}

/** Sums over persons of a touchpoint in a part of the time: a week by its number, or one of the two spans. */
export interface TrendRow {
  touchpoint: string
  part: number
  known: number
  persons: number
  heard: number
  said: number
  said_squares: number
  judged: number
  kept: number
  kept_squares: number
}

/** The last eight weeks, the eight before, and all of them. */
export const PART = { now: 100, before: 101, all: 102 } as const
/** Events that only measure or only say something are no contacts. */
const NO_CONTACTS = ['Standard Measured', 'Page Measured', 'Feedback Given']
const NONE = '-'

/** A row for each touchpoint and part of the last half year. Each person counts once in a part, with a mean of their own. */
export function trendsQuery({ shop, timeZone, registry, first, moments }: TrendsPlan): Query {
  const { join, person } = personsJoin()
  const ofStandard = (name: string) =>
    `transform(concat(touchpoint, ' ', measure), {pairs:Array(String)}, {${name}:Array(Float64)}, toFloat64(0))`
  const standards = registry.touchpoints.flatMap((one) =>
    one.standards.map((standard) => ({ key: one.key, standard })),
  )
  const signOf = ({ direction }: Standard) => (direction === 'at_most' ? 1 : -1)
  return {
    sql: `SELECT of_part.key AS touchpoint, of_part.part AS part, countIf(met > 0) AS persons, countIf(met > 0 AND is_known) AS known,
  countIf(heard_n > 0) AS heard, sumIf(said_sum / heard_n, heard_n > 0) AS said, sumIf(pow(said_sum / heard_n, 2), heard_n > 0) AS said_squares,
  countIf(judged_n > 0) AS judged, sumIf(kept_sum / judged_n, judged_n > 0) AS kept, sumIf(pow(kept_sum / judged_n, 2), judged_n > 0) AS kept_squares
FROM (
  SELECT ${person} AS person, e.key AS key, arrayJoin(${parts()}) AS part, max(e.is_known) AS is_known, sum(e.met) AS met,
    sum(e.said) AS said_sum, sum(e.heard) AS heard_n, sum(e.kept) AS kept_sum, sum(e.judged) AS judged_n
  FROM (
    SELECT identity, week, key, max(identity_kind != 'anonymous') AS is_known, countIf(is_contact) AS met,
      ifNull(sumIf(valence, is_own AND isNotNull(valence)), 0) AS said, countIf(is_own AND isNotNull(valence)) AS heard,
      ifNull(sumIf(outcome, is_own AND isNotNull(outcome)), 0) AS kept, countIf(is_own AND isNotNull(outcome)) AS judged
    FROM (
      SELECT identity, identity_kind, arrayJoin(arrayDistinct([touchpoint, arrival])) AS key, key = touchpoint AS is_own,
        valence * 100 AS valence, intDiv(toInt32(toDate(ts, {zone:String})) - {first_day:Int32}, 7) AS week,
        name NOT IN {no_contacts:Array(String)} AS is_contact,
        if(measure = '' OR measured IS NULL, 0, ${ofStandard('signs')}) AS sign,
        if(sign = 0, NULL, multiIf(sign * measured <= ${ofStandard('goods')}, 1, sign * measured <= ${ofStandard('bads')}, 0.5, 0)) AS outcome
      FROM events FINAL
      WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
        AND (touchpoint != '' OR arrival != '')
    )
    WHERE key != '' GROUP BY identity, week, key
  ) AS e ${join}
  GROUP BY person, key, part
) AS of_part
GROUP BY touchpoint, part`,
    params: {
      ...{ shop, zone: timeZone, from: moments.from, to: moments.to, first_day: first },
      no_contacts: NO_CONTACTS,
      pairs: [NONE, ...standards.map(({ key, standard }) => `${key} ${standard.measure}`)],
      signs: [0, ...standards.map(({ standard }) => signOf(standard))],
      goods: [0, ...standards.map(({ standard }) => signOf(standard) * standard.good)],
      bads: [0, ...standards.map(({ standard }) => signOf(standard) * standard.bad)],
    },
  }
}

/** The week itself, all of them, and the span that it lies in. */
function parts(): string {
  const now = TREND_WEEKS - NOW_WEEKS
  const span = `if(e.week >= ${now}, [${PART.now}], if(e.week >= ${now - NOW_WEEKS}, [${PART.before}], []))`
  return `arrayConcat([toUInt16(e.week), ${PART.all}], ${span})`
}
