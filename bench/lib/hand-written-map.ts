/**
 * The same numbers as somebody would write them by hand for one shop: three statements over the same FINAL and the same
 * join of identities, with touchpoints and thresholds written out. It leaves out what the product has to do besides:
 * orders that move a contact to another stage, and journeys.
 */
const PERSONS = `LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0) AS links ON links.identity = e.identity`
const PERSON = `if(links.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, links.person)`
const PERIOD =
  'shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})'

const STAGE_OF = `transform(touchpoint, ['display_ad', 'search_ad', 'organic_search', 'landing_page', 'catalogue', 'site_search', 'product_page', 'info_pages', 'chat', 'cart', 'checkout', 'carrier', 'branch', 'survey'],
  [1, 2, 2, 3, 4, 4, 4, 4, 5, 6, 6, 7, 8, 10], 0)`
const OUTCOME = `multiIf(measure = 'results', if(measured >= 1, 1, 0), measure = 'days_late', if(measured <= 0, 1, if(measured >= 1, 0, 0.5)),
  measure = 'first_answer_seconds', multiIf(measured <= 120, 1, measured > 600, 0, 0.5), NULL)`

/** Persons, contacts, what they said and what was kept, by touchpoint and by stage. */
const figures = `SELECT stage, touchpoint, count() AS persons, sum(contacts) AS contacts,
  countIf(said IS NOT NULL) AS heard, sum(said) AS said_sum, sum(said * said) AS said_squares,
  countIf(kept IS NOT NULL) AS measured, sum(kept) AS kept_sum, sum(kept * kept) AS kept_squares
FROM (
  SELECT ${PERSON} AS person, stage, touchpoint, sum(e.contacts) AS contacts, sum(e.valences) / nullIf(sum(e.spoken), 0) AS said,
    sum(e.outcomes) / nullIf(sum(e.judged), 0) AS kept
  FROM (
    SELECT identity, ${STAGE_OF} AS stage, touchpoint, countIf(name NOT IN ('Page Measured', 'Standard Measured')) AS contacts,
      sum(valence) AS valences, count(valence) AS spoken, sum(${OUTCOME}) AS outcomes, count(${OUTCOME}) AS judged
    FROM (SELECT * FROM events FINAL WHERE ${PERIOD}) ARRAY JOIN arrayFilter(t -> t != '', [arrival, touchpoint]) AS touchpoint
    GROUP BY identity, touchpoint
  ) AS e ${PERSONS}
  GROUP BY GROUPING SETS ((person, stage, touchpoint), (person, stage))
)
GROUP BY stage, touchpoint`

/** Where persons went from each stage, and how long it took: first contacts of stages, in order. */
const flow = `SELECT stage, count() AS persons, countIf(later > 0) AS moved, quantileExactIf(0.5)(seconds, later > 0) AS middle, groupArray(5)(later) AS some
FROM (
  SELECT person, pair.1 AS stage, arrayFirst(s -> s.1 > pair.1 AND s.2 >= pair.2, stages) AS next, next.1 AS later, (next.2 - pair.2) / 1000 AS seconds
  FROM (
    SELECT ${PERSON} AS person, arraySort(s -> (s.2, s.1), groupArrayArray(e.stages)) AS stages
    FROM (
      SELECT identity, groupArray((stage, at)) AS stages
      FROM (
        SELECT identity, ${STAGE_OF} AS stage, toUnixTimestamp64Milli(ts) AS at
        FROM (SELECT identity, ts, arrival, touchpoint FROM events FINAL WHERE ${PERIOD} AND name NOT IN ('Page Measured', 'Standard Measured'))
        ARRAY JOIN arrayFilter(t -> t != '', [arrival, touchpoint]) AS touchpoint
      )
      GROUP BY identity
    ) AS e ${PERSONS}
    GROUP BY person
  )
  ARRAY JOIN arrayDistinct(arrayMap(s -> (s.1, arrayFirst(o -> o.1 = s.1, stages).2), stages)) AS pair
)
GROUP BY stage`

const loads = `SELECT template, count() AS n, quantileExact(0.75)(measured) AS p75 FROM events FINAL
WHERE ${PERIOD} AND measure = 'lcp' GROUP BY template`

export const handWrittenMap = [figures, flow, loads]
