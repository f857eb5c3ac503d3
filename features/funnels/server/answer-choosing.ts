import { AppError } from '../../../kernel/errors.ts'
import { compareMeans, estimateMean, type PersonSums } from '../../../kernel/stats/estimate-mean.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import {
  answerReport,
  type GroundSide,
  prepareGround,
  type ReportGround,
  readReportQuestion,
  runReport,
} from '../../reports/server/reads.ts'
import type {
  ChoosingAnswer,
  ChoosingPersonsQuestion,
  ChoosingQuestion,
  FunnelPersons,
  Spread,
} from '../contract.ts'
import { type ChoiceRow, comparedQuery, NO_VALUE, spreadQuery, visitsQuery } from './choosing-query.ts'
import { listPage, pageQuery } from './persons-page.ts'

type Found = Omit<ChoosingAnswer, 'meta'>

/** How many shops customers say they compared, and how often they came before their order. */
export async function answerChoosing(
  deps: Deps,
  shop: ShopContext,
  asked: ChoosingQuestion,
): Promise<ChoosingAnswer> {
  const question = readReportQuestion(asked, shop, deps.now())
  return answerReport<Found>(deps, shop, { kind: 'choosing', key: [], question }, (ground) =>
    measure(deps, shop.id, ground),
  )
}

async function measure(deps: Deps, shop: number, ground: ReportGround) {
  const own = await readSide(deps, shop, ground)
  const other = ground.other && (await readSide(deps, shop, ground.other))
  const [compared, visits] = [toSpread(own.compared), toSpread(own.visits)]
  const answer: Found = {
    compared,
    visits,
    other: other
      ? { compared: toSpread(other.compared), visits: toSpread(other.visits), ...compareSides(own, other) }
      : null,
  }
  const rows = [...own.compared, ...own.visits]
  const [n, known] = [sumOf(rows, ({ n }) => n), sumOf(rows, ({ known }) => known)]
  return { answer, unidentifiedShare: n > 0 ? 1 - known / n : 0, n: visits.n }
}

interface Side {
  compared: ChoiceRow[]
  visits: ChoiceRow[]
}

async function readSide(deps: Deps, shop: number, side: GroundSide): Promise<Side> {
  const read = (make: typeof comparedQuery) => runReport<ChoiceRow>(deps, spreadQuery(make(shop, side)))
  return { compared: await read(comparedQuery), visits: await read(visitsQuery) }
}

const sumOf = (rows: readonly ChoiceRow[], of: (row: ChoiceRow) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0)

function sumsOf(rows: readonly ChoiceRow[]): PersonSums {
  const counted = rows.filter(({ value }) => value !== NO_VALUE)
  return {
    n: sumOf(counted, ({ n }) => n),
    sum: sumOf(counted, ({ n, value }) => n * value),
    squares: sumOf(counted, ({ n, value }) => n * value * value),
  }
}

function toSpread(rows: readonly ChoiceRow[]): Spread {
  const sums = sumsOf(rows)
  const estimate = estimateMean(sums)
  const end = (value: number) => (Number.isFinite(value) ? Math.max(0, value) : null)
  return {
    n: sums.n,
    mean: estimate ? { mean: estimate.mean, low: end(estimate.low), high: end(estimate.high) } : null,
    values: rows
      .filter(({ value }) => value !== NO_VALUE)
      .map(({ value, n }) => {
        const interval = findWilsonInterval(n, sums.n)
        return { value, n, share: interval ? { n, of: sums.n, ...interval } : null }
      }),
    leftOut: rows.find(({ value }) => value === NO_VALUE)?.n ?? 0,
  }
}

function compareSides(own: Side, other: Side) {
  const changes = [
    compareMeans(sumsOf(own.compared), sumsOf(other.compared)),
    compareMeans(sumsOf(own.visits), sumsOf(other.visits)),
  ]
  const rates = findDiscoveryRates(changes.flatMap((change) => (change ? [change.p] : [])))
  const [changeOfCompared = null, changeOfVisits = null] = changes.map((change) =>
    change ? { ...change, q: rates.shift() ?? 1 } : null,
  )
  return { changeOfCompared, changeOfVisits }
}

/** The persons behind one bar. */
export async function listChoosingPersons(
  deps: Deps,
  shop: ShopContext,
  asked: ChoosingPersonsQuestion,
): Promise<FunnelPersons> {
  const { about, value, andMore = false } = asked
  const side = await findSide(deps, shop, asked)
  const { sql, params } = (about === 'compared' ? comparedQuery : visitsQuery)(shop.id, side)
  const rows = `SELECT person, at FROM (${sql}) WHERE value ${andMore ? '>=' : '='} {value:Int64}`
  return listPage(deps, shop.id, asked, (page) =>
    pageQuery({ sql: rows, params: { ...params, value } }, page),
  )
}

/** The side whose persons are listed. Fails with `bad_request` where there is no other one. */
export async function findSide(
  deps: Deps,
  shop: ShopContext,
  asked: ChoosingQuestion & { side?: 'this' | 'other' },
): Promise<GroundSide> {
  const { ground } = await prepareGround(deps, shop, readReportQuestion(asked, shop, deps.now()))
  if (asked.side !== 'other') return ground
  if (ground.other) return ground.other
  throw new AppError('bad_request', 'There is no other side: compare with something first.')
}
