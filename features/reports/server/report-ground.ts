import type { TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { type SegmentPersonsSql, segmentPersons } from '../../segments/server/reads.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { ReadReportQuestion, ReportSide } from './report-question.ts'
import type { Query } from './summary-query.ts'

/** One side of a report: its period, and who is looked at. */
export interface GroundSide {
  period: TimeRange
  /**
   * The condition that keeps the segment's persons and the sample's, `1` where there is neither, for a statement with
   * the parameter `shop`. `person` is what `personsJoin` gives.
   */
  persons(person: string): Query
}

export interface ReportGround extends GroundSide {
  registry: Registry
  /** The side to compare with, when the question has one. Both sides fit into one statement. */
  other?: GroundSide
}

export interface PreparedGround {
  ground: ReportGround
  rulesVersion: number
  segment: SegmentPersonsSql | undefined
  otherSegment: SegmentPersonsSql | undefined
}

/** Looks up whom the question is about. Fails with `not_found` where a segment is gone. */
export async function prepareGround(
  deps: Deps,
  shop: ShopContext,
  { period, segment, sample, compare }: ReadReportQuestion,
): Promise<PreparedGround> {
  const [rules, own, other] = await Promise.all([
    getRegistry(deps, shop.id),
    findSegment(deps, shop, { period, segment }),
    compare && findSegment(deps, shop, compare),
  ])
  const ground: ReportGround = { registry: rules.registry, period, persons: conditionOf(own, sample) }
  if (compare)
    ground.other = { period: compare.period, persons: conditionOf(other && renameParams(other), sample) }
  return { ground, rulesVersion: rules.version, segment: own, otherSegment: other }
}

async function findSegment(
  { db, now }: Deps,
  { id, timeZone, currency }: ShopContext,
  { period, segment }: ReportSide,
): Promise<SegmentPersonsSql | undefined> {
  if (segment === undefined) return undefined
  return segmentPersons(db, { id, timeZone, currency, now: now(), period }, segment)
}

function conditionOf(segment: Query | undefined, sample: number | undefined): (person: string) => Query {
  return (person) => ({
    sql:
      [
        ...(segment ? [`${person} IN (${segment.sql})`] : []),
        ...(sample === undefined ? [] : [`${sampleHash(person)} < {sample_below:UInt64}`]),
      ].join(' AND ') || '1',
    params: {
      ...segment?.params,
      ...(sample !== undefined && { sample_below: findSampleBound(sample) }),
    },
  })
}

/** A person's place in the lot: the same in every report, so that a smaller sample lies within a larger one. */
const sampleHash = (person: string) => `sipHash64(${person})`

/** Hashes below it are that share of all 64-bit numbers. */
export function findSampleBound(sample: number): string {
  return ((BigInt(Math.round(sample * 1_000_000)) * 2n ** 64n) / 1_000_000n).toString()
}

/** The other side's parameters under names of their own; all values are parameters, so the text holds nothing else of that form. */
function renameParams({ sql, params }: Query): Query {
  return {
    sql: sql.replaceAll('{segment_', '{other_segment_'),
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name.replace(/^segment_/, 'other_segment_'), value]),
    ),
  }
}
