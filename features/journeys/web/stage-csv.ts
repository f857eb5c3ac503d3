import { toCsvLine } from '../../../kernel/csv.ts'
import type { Estimate, TrendPoint } from '../contract.ts'
import { weightOf } from './judge.ts'

const HEAD = ['from', 'to', 'persons', 'contacts'] as const
const MEASURES = ['said', 'kept'] as const

/**
 * The course as a table for a spreadsheet, under the floors of the screen: no mean below 100 persons, nothing below 30.
 * What was said runs from −100 to 100, what was kept from 0 to 1. The mark in front tells Excel that it is UTF-8.
 */
export function toTrendCsv(points: readonly TrendPoint[]): string {
  const head = [
    ...HEAD,
    ...MEASURES.flatMap((one) => ['n', 'mean', 'low', 'high'].map((part) => `${one}_${part}`)),
  ]
  const lines = points.map((point) =>
    toCsvLine([
      ...[point.fromDay, point.toDay, point.persons, point.contacts],
      ...MEASURES.flatMap((one) => toCells(point[one])),
    ]),
  )
  return `\ufeff${toCsvLine(head)}${lines.join('')}`
}

function toCells(estimate: Estimate | null): (number | null)[] {
  const weight = weightOf(estimate)
  if (estimate === null || weight === 'none') return [null, null, null, null]
  const { n, mean, low, high } = estimate
  return [n, weight === 'number' ? round(mean) : null, round(low), round(high)]
}

const round = (value: number) => Math.round(value * 10_000) / 10_000
