/**
 * The numbers of the map as an analyst would write them by hand for one shop: a statement for each group of figures,
 * over the same FINAL and the same join of identities, with touchpoints, stages and thresholds written out.
 */
const LINKS = `(SELECT identity, person FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0)`
const NOBODY = `toUUID('00000000-0000-0000-0000-000000000000')`
const PERIOD =
  'shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})'
const DAY = 86_400_000

/** Touchpoints of the benchmark's history by their order along the path, with the numbers of their stages. */
const PLACES: readonly [touchpoint: string, stage: number][] = [
  ['display_ad', 1],
  ['search_ad', 2],
  ['organic_search', 2],
  ['landing_page', 3],
  ['catalogue', 4],
  ['site_search', 4],
  ['product_page', 4],
  ['info_pages', 4],
  ['chat', 5],
  ['cart', 6],
  ['checkout', 6],
  ['carrier', 7],
  ['branch', 8],
  ['survey', 10],
]
const KEYS = PLACES.map(([key]) => `'${key}'`).join(', ')
const OWN_STAGE = `transform(touchpoint, [${KEYS}], [${PLACES.map(([, stage]) => stage).join(', ')}], 0)`
const STEP = `indexOf([${KEYS}], touchpoint)`

/** A chat belongs to delivery while an order is on its way, and to aftercare for 60 days after receipt. */
const STAGE = `if(touchpoint = 'chat', multiIf(open > 0, 7, owned > 0, 9, 5), own_stage)`

const OUTCOME = `multiIf(touchpoint = 'site_search' AND measure = 'results', if(measured >= 1, 1, 0),
      touchpoint IN ('landing_page', 'catalogue', 'product_page') AND measure = 'lcp', multiIf(measured <= 2500, 1, measured > 4000, 0, 0.5),
      touchpoint = 'carrier' AND measure = 'days_late', if(measured <= 0, 1, 0),
      touchpoint = 'chat' AND measure = 'first_answer_seconds', multiIf(measured <= 120, 1, measured > 600, 0, 0.5), NULL)`

const withOrders = `orders AS (
  SELECT argMin(identity, (ts, message_hash)) AS identity, toUnixTimestamp64Milli(min(ts)) AS opened,
    toUnixTimestamp64Milli(minIf(ts, name = 'Order Delivered')) AS received, if(received = 0, opened + ${60 * DAY}, received) AS ended
  FROM events WHERE shop = {shop:UInt32} AND order_id != '' AND name IN ('Order Completed', 'Order Shipped', 'Order Delivered')
    AND ts >= fromUnixTimestamp64Milli({from:Int64} - ${120 * DAY}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  GROUP BY order_id
),
changes AS (
  SELECT if(l.person = ${NOBODY}, o.identity, l.person) AS person, change.1 AS at, sum(change.2) AS opens, sum(change.3) AS owns
  FROM orders AS o LEFT ANY JOIN ${LINKS} AS l ON l.identity = o.identity
  ARRAY JOIN arrayConcat([(opened, 1, 0), (ended + 1, -1, 0)],
    if(received = 0, [], [(received, 0, 1), (received + ${60 * DAY} + 1, 0, -1)])) AS change
  GROUP BY person, at
),
states AS (
  SELECT *, sum(open + owned = 0) OVER (PARTITION BY person ORDER BY at) AS gaps
  FROM (
    SELECT person, at, sum(opens) OVER w AS open, sum(owns) OVER w AS owned
    FROM changes WINDOW w AS (PARTITION BY person ORDER BY at)
  )
)`

/** What happened at each touchpoint, with the state of the person's orders at that moment. */
const withContacts = (columns: string) => `${withOrders},
contacts AS (
  SELECT c.*, s.open AS open, s.owned AS owned, s.gaps AS gaps
  FROM (
    SELECT if(l.person = ${NOBODY}, e.identity, l.person) AS person, at, touchpoint, own_stage, ${columns}
    FROM (
      SELECT *, touchpoint, is_own, ${OWN_STAGE} AS own_stage, toUnixTimestamp64Milli(ts) AS at
      FROM (SELECT identity, ts, name, arrival, touchpoint AS itself, valence, measure, measured FROM events FINAL WHERE ${PERIOD})
      ARRAY JOIN [arrival, itself] AS touchpoint, [0, 1] AS is_own
      WHERE touchpoint != ''
    ) AS e LEFT ANY JOIN ${LINKS} AS l ON l.identity = e.identity
  ) AS c ASOF LEFT JOIN states AS s ON s.person = c.person AND s.at <= c.at
)`

/** The way a visit came by is one; so is the event itself unless it only measures, or says something elsewhere. */
const IS_CONTACT = `(is_own = 0 OR name NOT IN ('Page Measured', 'Standard Measured') AND (name != 'Feedback Given' OR own_stage = 10))`

const totals = `SELECT count() AS persons, sum(events) AS events, sum(known) AS known
FROM (
  SELECT if(l.person = ${NOBODY}, e.identity, l.person) AS person, count() AS events,
    max(e.identity_kind != 'anonymous' OR l.person != ${NOBODY}) AS known
  FROM (SELECT identity, identity_kind FROM events FINAL WHERE ${PERIOD}) AS e LEFT ANY JOIN ${LINKS} AS l ON l.identity = e.identity
  GROUP BY person
)`

/** Persons, contacts, what they said, what was kept and which promises, by touchpoint and (touchpoint '') by stage. */
const figures = `WITH ${withContacts(`if(is_own, valence, NULL) AS valence, if(is_own, ${OUTCOME}, NULL) AS outcome,
      is_own AND measure = 'days_late' AS is_promise, ${IS_CONTACT} AS is_contact`)}
SELECT stage, touchpoint, count() AS persons, sum(contacts) AS contacts,
  countIf(isNotNull(said)) AS heard, sum(said) AS said_sum, sum(said * said) AS said_squares,
  countIf(isNotNull(kept)) AS judged, sum(kept) AS kept_sum, sum(kept * kept) AS kept_squares,
  sum(promises_kept) AS promises_kept, sum(promises_broken) AS promises_broken
FROM (
  SELECT person, ${STAGE} AS stage, touchpoint, greatest(countIf(is_contact), 1) AS contacts, avg(valence) AS said, avg(outcome) AS kept,
    countIf(is_promise AND outcome = 1) AS promises_kept, countIf(is_promise AND outcome = 0) AS promises_broken
  FROM contacts
  GROUP BY GROUPING SETS ((person, stage, touchpoint), (person, stage))
)
GROUP BY stage, touchpoint`

/** Of each stage: how many went on within their journey, the middle time until then, and where they went next. */
const journeys = `WITH ${withContacts(`${IS_CONTACT} AS is_contact`)}
SELECT stage, count() AS persons, countIf(later > 0) AS moved, quantileExactIf(0.5)(seconds, later > 0) AS middle,
  sumMap([following], [1]) AS next
FROM (
  SELECT stage, path[arrayLastIndex(p -> p.1 = stage, path)] AS last, last.2 AS journey,
    arrayFirst(p -> p.2 = journey AND p.1 = stage, path) AS begun,
    arrayFirst(p -> p.2 = journey AND p.1 > stage AND p.4 > begun.4, path) AS onward, onward.1 AS later,
    (onward.3 - begun.3) / 1000 AS seconds, if(path[last.4 + 1].2 = journey, path[last.4 + 1].1, 0) AS following
  FROM (
    SELECT arrayZip(found.3 AS stages, arrayMap(j -> j + 1, arrayCumSum((silence, was_free, gap) -> silence > ${30 * DAY} AND (was_free OR gap > 0),
      arrayDifference(found.1), arrayPushFront(arrayPopBack(found.4), 0), arrayDifference(found.5))), found.1, arrayEnumerate(found)) AS path
    FROM (
      SELECT arraySort(groupArray((at, ${STEP}, ${STAGE}, open + owned = 0, gaps))) AS found
      FROM contacts WHERE is_contact GROUP BY person
    )
  )
  ARRAY JOIN arrayDistinct(path.1) AS stage
)
GROUP BY stage`

const loads = `SELECT touchpoint, measure, template, count() AS n, countIf(measured <= 2500) AS good, countIf(measured > 4000) AS bad
FROM events FINAL WHERE ${PERIOD} AND measure = 'lcp' AND touchpoint IN ('landing_page', 'catalogue', 'product_page')
GROUP BY touchpoint, measure, template`

export const handWrittenMap = { totals, figures, journeys, loads }
