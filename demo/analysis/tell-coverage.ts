import type { ShopFindings } from '../product/find-both.ts'
import type { Expected, FindingKey } from '../truths.ts'
import { coverTruth, findRegion, type TruthCoverage } from './coverage.ts'

const HEAD =
  'finding              truth    found    ± error   width   covered      region        naive   covered   of     second   covered'

/** Truth, found and naive side by side, how often each interval held the truth, and what follows from it. */
export function tellCoverage(
  shops: readonly ShopFindings[],
  truths: Readonly<Record<FindingKey, Expected>>,
): string {
  const keys = Object.keys(truths) as FindingKey[]
  const rows = keys.map((key) => ({
    key,
    ...coverTruth(
      truths[key],
      shops.map(({ product }) => product[key]),
    ),
    second: coverTruth(
      truths[key],
      shops.flatMap(({ second }) => second?.[key] ?? []),
    ).found,
  }))
  const lines = rows.map((row) => tellRow(row, rows.length))
  return [HEAD, ...lines, '', ...tellSums(rows), ''].join('\n')
}

/** Further off than so many errors of its mean over shops, a comparison is wrong and not unlucky. */
const MISLED = 4

type Row = TruthCoverage & { key: FindingKey; second: TruthCoverage['found'] }

function tellRow({ key, truth, found, naive, second }: Row, lines: number): string {
  const region = findRegion(found.shops, lines)
  const isInside = found.covered >= region.low && found.covered <= region.high
  return [
    key.padEnd(19),
    figure(truth, 7),
    figure(found.mean, 8),
    figure(found.error, 10, 4),
    figure(found.width, 7, 2),
    String(found.covered).padStart(9),
    `${region.low} … ${region.high}`.padStart(11),
    isInside ? ' ' : '!',
    naive ? figure(naive.mean, 10) : '–'.padStart(10),
    (naive ? String(naive.covered) : '–').padStart(9),
    String(found.shops).padStart(4),
    figure(second.mean, 10),
    `${second.covered} of ${second.shops}`.padStart(9),
  ].join(' ')
}

function tellSums(rows: readonly Row[]): string[] {
  const nulls = rows.filter(({ truth }) => truth === 0)
  const [told, asked] = [
    nulls.reduce((sum, { found }) => sum + found.shops - found.covered, 0),
    nulls.reduce((sum, { found }) => sum + found.shops, 0),
  ]
  const held = rows.reduce((sum, { found }) => sum + found.covered, 0)
  const all = rows.reduce((sum, { found }) => sum + found.shops, 0)
  const misled = rows.filter(
    ({ naive, truth }) => naive && Math.abs(naive.mean - truth) > MISLED * naive.error,
  )
  const beaten = misled.filter(
    ({ naive, found, truth }) => naive && Math.abs(found.mean - truth) < Math.abs(naive.mean - truth),
  )
  return [
    `Intervals held the truth in ${held} of ${all} cases, ${percent(held, all)}.`,
    `Where nothing is planted, something was seen in ${told} of ${asked} cases, ${percent(told, asked)}: 5 % is what chance alone gives.`,
    `Where the plain comparison misleads (${misled.map(({ key }) => key).join(', ')}) the product is nearer to the truth in ${beaten.length} of ${misled.length}.`,
    'Not to be recovered by anybody: openers. What makes them keen is in no event, so the report tells what sending does instead.',
  ]
}

const percent = (part: number, of: number) => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`)

function figure(value: number, width: number, digits = Math.abs(value) >= 10 ? 1 : 3): string {
  return (Number.isFinite(value) ? value.toFixed(digits) : '–').padStart(width)
}
