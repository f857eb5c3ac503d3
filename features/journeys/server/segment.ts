import { CHANNEL_KEYS, isChannel } from '../../../kernel/channels.ts'
import { AppError } from '../../../kernel/errors.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { SegmentPersonsSql } from '../../segments/server/reads.ts'
import { SEGMENTS } from '../contract.ts'
import { inPeriod, type Query } from './map-plan.ts'
import { type OrderNames, orderName } from './order-names.ts'

export type Segment =
  | { key: (typeof SEGMENTS)[number] }
  | { key: 'first_channel' | 'last_channel'; channel: string }
  | { key: 'saved'; id: number }

/** A segment with all that a statement needs: of a saved one whom it holds in the period of the question. */
export type ReadySegment =
  | Exclude<Segment, { key: 'saved' }>
  | { key: 'saved'; id: number; persons: SegmentPersonsSql }

/** Reads `ordered`, `first_channel:social`, `saved:12`…; fails with `validation_failed` and the list for anything else. */
export function readSegment(text: string): Segment {
  const known = SEGMENTS.find((key) => key === text)
  if (known) return { key: known }
  const [, key, channel = ''] = /^(first_channel|last_channel):(\w+)$/.exec(text) ?? []
  if (key !== undefined && isChannel(channel)) return { key: key as 'first_channel', channel }
  const saved = /^saved:([1-9]\d{0,14})$/.exec(text)
  if (saved) return { key: 'saved', id: Number(saved[1]) }
  throw new AppError('validation_failed', `There is no segment "${text}".`, {
    details: {
      segments: SEGMENTS,
      channels: CHANNEL_KEYS,
      forms: ['first_channel:<channel>', 'last_channel:<channel>', 'saved:<id>'],
    },
  })
}

/** How a segment is written in addresses and answers. */
export function writeSegment(segment: Segment): string {
  if (segment.key === 'saved') return `saved:${segment.id}`
  return 'channel' in segment ? `${segment.key}:${segment.channel}` : segment.key
}

/** SQL: the condition under which a person belongs; '' for everybody. Persons are told by what happened in the period, of saved segments by what those say. */
export function segmentCondition(segment: ReadySegment, names: OrderNames): Query {
  const set = findSet(segment, names)
  if (!set) return { sql: '', params: {} }
  const { person } = personsJoin()
  const not = segment.key === 'not_ordered' ? 'NOT ' : ''
  return { sql: `${person} ${not}IN (${set.sql})`, params: set.params }
}

function findSet(segment: ReadySegment, names: OrderNames): Query | undefined {
  switch (segment.key) {
    case 'all':
      return undefined
    case 'new':
      return personsSeen('>=')
    case 'returning':
      return personsSeen('<')
    case 'ordered':
    case 'not_ordered':
      return personsWithOrder(names.placed)
    case 'bought_out':
      return personsWithOrder(names.received)
    case 'refused':
      return personsWithOrder(names.refused)
    case 'late_parcel':
      return personsByLateness('> 0')
    case 'on_time_parcel':
      return personsByLateness('<= 0')
    case 'phone_visitors':
      return personsOn('phone')
    case 'computer_visitors':
      return personsOn('computer')
    case 'first_channel':
    case 'last_channel':
      return personsByChannel(segment.key, segment.channel)
    case 'saved':
      return segment.persons
  }
}

const links = personsJoin({ events: 's', links: 'segment_links' })

/** Whoever has an event of which the condition holds. */
function personsWith(condition: string, params: Record<string, unknown>): Query {
  return {
    sql: `SELECT DISTINCT ${links.person} FROM (SELECT DISTINCT identity FROM events FINAL WHERE shop = {shop:UInt32} AND ${inPeriod()} AND ${condition}) AS s ${links.join}`,
    params,
  }
}

const personsWithOrder = (of: readonly string[]) =>
  personsWith(`order_id != '' AND ${orderName} IN {segment_names:Array(String)}`, { segment_names: of })

const personsOn = (device: string) =>
  personsWith('device = {segment_device:String}', { segment_device: device })

/** By the worst parcel of the period. */
function personsByLateness(condition: string): Query {
  return {
    sql: `SELECT ${links.person} AS segment_person FROM (SELECT identity, max(measured) AS late FROM events FINAL WHERE shop = {shop:UInt32} AND ${inPeriod()} AND measure = 'days_late' GROUP BY identity) AS s ${links.join} GROUP BY segment_person HAVING max(s.late) ${condition}`,
    params: {},
  }
}

/** By the first contact ever. */
function personsSeen(operator: '>=' | '<'): Query {
  return {
    sql: `SELECT ${links.person} AS segment_person FROM (SELECT identity, min(first_at) AS seen FROM identity_activity WHERE shop = {shop:UInt32} GROUP BY identity) AS s ${links.join} GROUP BY segment_person HAVING min(s.seen) ${operator} fromUnixTimestamp64Milli({from:Int64})`,
    params: {},
  }
}

/** By the channel of the first or last event of the period. */
function personsByChannel(which: 'first_channel' | 'last_channel', channel: string): Query {
  const pick = which === 'first_channel' ? 'argMin' : 'argMax'
  const edge = which === 'first_channel' ? 'min' : 'max'
  return {
    sql: `SELECT ${links.person} AS segment_person FROM (SELECT identity, ${pick}(channel, (ts, message_hash)) AS by, ${edge}((ts, message_hash)) AS place FROM events FINAL WHERE shop = {shop:UInt32} AND ${inPeriod()} GROUP BY identity) AS s ${links.join} GROUP BY segment_person HAVING ${pick}(s.by, s.place) = {segment_channel:String}`,
    params: { segment_channel: channel },
  }
}
