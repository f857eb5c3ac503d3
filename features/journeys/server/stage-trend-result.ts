import type { TrendPoint } from '../contract.ts'
import { toStages } from './map-result.ts'
import type { RegistryCodes } from './registry-codes.ts'
import type { Buckets } from './stage-buckets.ts'
import type { TrendRow } from './stage-trend-query.ts'

/** A point for each part of the period, from the same lines and by the same rules as a map. */
export function toTrend(
  codes: RegistryCodes,
  stage: number,
  { parts }: Buckets,
  rows: readonly TrendRow[],
  dayOf: (ms: number) => string,
): TrendPoint[] {
  const byPart = groupBy(rows, ({ bucket }) => bucket)
  const begin = parts[0]?.from ?? 0
  return parts.map(({ from, to }) => {
    const here = toStages(codes, byPart.get(from - begin) ?? [], [])[stage - 1]
    return {
      fromDay: dayOf(from),
      toDay: dayOf(to - 1),
      persons: here?.persons ?? 0,
      contacts: here?.contacts ?? 0,
      said: here?.said ?? null,
      kept: here?.kept ?? null,
      heard: here?.heard.persons ?? 0,
      measured: here?.measured ?? 0,
    }
  })
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
