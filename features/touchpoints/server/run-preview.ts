import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { ClaimCounts, Preview } from '../contract.ts'
import {
  countClaims,
  countMoves,
  countOutdated,
  LONG_STATEMENT,
  type PreviewInput,
  sidesOf,
} from './preview-query.ts'
import { type MoveRow, readMoves } from './preview-result.ts'

const SAMPLES = 8
const DAY_MS = 86_400_000

export async function runPreview(
  clickhouse: Clickhouse,
  given: Omit<PreviewInput, 'from' | 'to' | 'isStored'> & { days: 7 | 30; now: number },
): Promise<Preview> {
  const period = { ...given, from: given.now - given.days * DAY_MS, to: given.now }
  const outdated = countOutdated(period)
  const [row] = await clickhouse.query<{ n: number }>(outdated.sql, { params: outdated.params })
  const input = { ...period, isStored: row?.n === 0 }
  const rows: MoveRow[] = []
  for (const side of sidesOf(input)) {
    const { sql, params } = countMoves(input, side, SAMPLES)
    rows.push(...(await clickhouse.query<MoveRow>(sql, { params, kind: 'report', settings: LONG_STATEMENT })))
  }
  return readMoves(input.key, given.days, rows, SAMPLES)
}

export async function runClaimCounts(
  clickhouse: Clickhouse,
  shop: number,
  days: 7 | 30,
  now: number,
): Promise<ClaimCounts> {
  const { sql, params } = countClaims(shop, now - days * DAY_MS, now)
  return { days, items: await clickhouse.query(sql, { params }) }
}
