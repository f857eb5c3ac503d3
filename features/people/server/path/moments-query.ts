import type { Query } from '../list/people-query.ts'

/** One line of the path: a visit to the site, or one event, or several of the same name close together. */
export interface MomentRow {
  /** '' for a visit, else the name of the event. */
  line: string
  started_at: number
  ended_at: number
  events: number
  pages: number
  products: number
  searches: number
  added: number
  entry: string
  referrer: string
  campaign: string
  channel: string
  /** Properties of the only event; '' when there are several or it is a visit. */
  properties: string
}

export interface MomentsQuestion {
  shop: number
  identities: string[]
  /** Half-open, milliseconds since 1970, of the beginning of a moment. */
  before: number
  after: number
  channel?: string
  /** Names of events that other rooms tell. */
  told: string[]
  only?: 'visits' | 'events'
  limit: number
}

/** Longer silence ends a visit. */
const VISIT_GAP_MINUTES = 30

/**
 * Events of a site that are contacts of their own, wherever they were sent from: they stand on the path by
 * themselves and are not folded into the visit.
 */
const LANDMARKS = [
  'Contact Started',
  'Contact Answered',
  'Feedback Given',
  'Promise Made',
  'Parcel Opened',
  'Case Opened',
  'Case Resolved',
  'Store Visited',
  'Signed Up',
  'Account Created',
  'Subscribed',
  'Unsubscribed',
  'Email Opened',
  'Email Link Clicked',
  'Email Delivered',
  'Product Reviewed',
  'Coupon Applied',
]

/**
 * The moments of a person, newest first. Visits are cut over the whole history by the store and then windowed, so
 * that a visit is the same one on whichever page of the path it falls: some ten milliseconds for 50,000 events.
 */
export function momentsQuery(question: MomentsQuestion): Query {
  const { shop, identities, before, after, channel, told, only, limit } = question
  return {
    sql: `WITH
      facts AS (
        SELECT ts, message_hash, kind, name, path, referrer, channel, properties,
          if(utm_campaign != '', utm_campaign, utm_source) AS campaign,
          kind IN ('page', 'screen') OR (kind = 'track' AND (url != '' OR session_id != '') AND name NOT IN {landmarks:Array(String)}) AS browsing,
          if(browsing, '', name) AS line
        FROM events FINAL
        WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)}
          AND kind NOT IN ('identify', 'alias', 'group') AND NOT (kind = 'track' AND order_id != '' AND name IN {told:Array(String)})
          ${channel === undefined ? '' : 'AND channel = {channel:String}'}
      ),
      cut AS (
        SELECT *, ts - lagInFrame(ts, 1, toDateTime64('1970-01-01', 3, 'UTC')) OVER w > ${VISIT_GAP_MINUTES * 60} AS begins
        FROM facts ${only === undefined ? '' : `WHERE browsing = ${only === 'visits' ? 1 : 0}`}
        WINDOW w AS (PARTITION BY line ORDER BY ts, message_hash ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
      ),
      numbered AS (
        SELECT *, sum(begins) OVER (PARTITION BY line ORDER BY ts, message_hash ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
        FROM cut
      )
      SELECT line, toUnixTimestamp64Milli(min(ts)) AS started_at, toUnixTimestamp64Milli(max(ts)) AS ended_at,
        count() AS events, countIf(kind IN ('page', 'screen')) AS pages,
        countIf(name = 'Product Viewed') AS products, countIf(name = 'Products Searched') AS searches,
        countIf(name = 'Product Added') AS added,
        argMin(path, ts) AS entry, argMin(referrer, ts) AS referrer, argMin(campaign, ts) AS campaign,
        argMin(channel, ts) AS channel, if(events = 1 AND line != '', any(properties), '') AS properties
      FROM numbered GROUP BY line, number
      HAVING started_at >= {after:Int64} AND started_at < {before:Int64}
      ORDER BY started_at DESC, line LIMIT {limit:UInt32}`,
    params: {
      shop,
      identities,
      before,
      after,
      told,
      landmarks: LANDMARKS,
      limit,
      ...(channel && { channel }),
    },
  }
}

/** Names of the person's events that carry an order, to ask whose they are. */
export function orderEventNamesQuery(shop: number, identities: string[]): Query {
  return {
    sql: `SELECT DISTINCT name FROM events
      WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} AND order_id != '' AND kind = 'track'`,
    params: { shop, identities },
  }
}
