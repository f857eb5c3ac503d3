import { messageHash } from '../../../kernel/hash128.ts'
import { toStoredJson } from '../../../kernel/stored-json.ts'
import type { Clickhouse } from '../../../platform/clickhouse.ts'
import { STORED_COLUMNS } from '../../../platform/feed/event-row.ts'
import { describeMeasure } from './describe-measure.ts'
import type { WaitingMeasure } from './measure-store.ts'

/** What of a stored event a correction changes: never its sort key, so that the new row takes the old one's place. */
const REPLACED: Partial<Record<(typeof STORED_COLUMNS)[number], string>> = {
  ts: 'fromUnixTimestamp64Milli(new_at)',
  properties: 'new_properties',
  // What is withdrawn belongs to no touchpoint and measures nothing.
  measured: 'if(isNull(measured), NULL, new_value)',
  touchpoint: "if(isNull(new_value), '', touchpoint)",
  stage: "if(isNull(new_value), '', stage)",
  measure: "if(isNull(new_value), '', measure)",
  precedence: 'precedence + 1',
}

const CHUNK = 200

/**
 * Makes completing events say what is known now. What people and machines report is never changed; a measure is our
 * own conclusion, and one that was drawn too early (a carrier corrects a date, a late answer comes in) must not stand
 * beside the right one. The row is written again under the same key with the higher precedence; done twice it changes
 * nothing.
 */
export async function correctEvents(
  clickhouse: Clickhouse,
  shop: number,
  measures: readonly WaitingMeasure[],
): Promise<void> {
  for (let at = 0; at < measures.length; at += CHUNK) {
    const chunk = measures.slice(at, at + CHUNK)
    await clickhouse.command(CORRECT, {
      params: {
        shop,
        identities: chunk.map(({ identity }) => identity),
        hashes: chunk.map((one) => hashOf(shop, one)),
        values: chunk.map(({ value }) => value),
        times: chunk.map((one) => one.at),
        properties: chunk.map((one) => toStoredJson(describeMeasure(one))),
      },
      settings: { do_not_merge_across_partitions_select_final: 1 },
    })
  }
}

function hashOf(shop: number, { measure, subject }: WaitingMeasure): string {
  return messageHash(shop, `measured:${measure}:${subject}`)
}

/** Takes completing events out of the history for good. */
export async function removeEvents(
  clickhouse: Clickhouse,
  shop: number,
  measures: readonly WaitingMeasure[],
): Promise<void> {
  await clickhouse.command(
    `ALTER TABLE events DELETE WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)}
       AND message_hash IN {hashes:Array(UUID)}`,
    {
      params: {
        shop,
        identities: measures.map(({ identity }) => identity),
        hashes: measures.map((one) => hashOf(shop, one)),
      },
      settings: { mutations_sync: '1' },
    },
  )
}

const PLACE = 'indexOf({hashes:Array(UUID)}, message_hash)'
const CORRECT = `INSERT INTO events (${STORED_COLUMNS.join(', ')})
  SELECT ${STORED_COLUMNS.map((column) => REPLACED[column] ?? `e.${column}`).join(', ')}
  FROM (
    SELECT *, ${PLACE} AS place, {times:Array(Int64)}[place] AS new_at,
      {properties:Array(String)}[place] AS new_properties, {values:Array(Nullable(Float64))}[place] AS new_value
    FROM events FINAL
    WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} AND message_hash IN {hashes:Array(UUID)}
  ) AS e
  WHERE properties != new_properties OR toUnixTimestamp64Milli(ts) != new_at`
