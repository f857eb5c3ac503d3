import { compareShares } from '../../../kernel/stats/compare-shares.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerReport, type ReportGround, readReportQuestion, runReport } from '../../reports/server/reads.ts'
import type {
  FunnelPersons,
  ReturningAnswer,
  ReturningPersonsQuestion,
  ReturningQuestion,
  Share,
} from '../contract.ts'
import type { PageKey } from '../vocabulary.ts'
import { findSide } from './answer-choosing.ts'
import { listPage, pageQuery } from './persons-page.ts'
import { type ReturnRow, returningPersons, returningQuery } from './returning-query.ts'

type Found = Omit<ReturningAnswer, 'meta'>

/** Of those who saw a page: who came back within 30 days. */
export async function answerReturning(
  deps: Deps,
  shop: ShopContext,
  asked: ReturningQuestion,
): Promise<ReturningAnswer> {
  const question = readReportQuestion(asked, shop, deps.now())
  const by = asked.pages ?? 'touchpoint'
  return answerReport<Found>(deps, shop, { kind: 'returning', key: [by], question }, (ground) =>
    measure(deps, shop.id, ground, by),
  )
}

async function measure(deps: Deps, shop: number, ground: ReportGround, by: PageKey) {
  const read = (side: ReportGround | NonNullable<ReportGround['other']>) =>
    runReport<ReturnRow>(deps, returningQuery(shop, side, by, deps.now()))
  const rows = await read(ground)
  const others = ground.other ? await read(ground.other) : []
  const { persons: n, known_persons: known } = rows[0] ?? { persons: 0, known_persons: 0 }
  return {
    answer: { by, pages: toPages(rows, others) },
    unidentifiedShare: n > 0 ? 1 - known / n : 0,
    n,
  }
}

/** Every page with its share, and how it differs from the other side's; chances are corrected over all pages. */
export function toPages(rows: readonly ReturnRow[], others: readonly ReturnRow[]): ReturningAnswer['pages'] {
  const pairs = rows.map((row) => ({ row, other: others.find(({ page }) => page === row.page) }))
  const changes = pairs.map(
    ({ row, other }) =>
      (other && compareShares({ n: row.back, of: row.n }, { n: other.back, of: other.n })) ?? null,
  )
  const rates = findDiscoveryRates(changes.flatMap((change) => (change ? [change.p] : [])))
  return pairs.map(({ row, other }, index) => {
    const change = changes[index]
    return {
      page: row.page,
      back: toShare(row),
      open: row.open,
      other: other ? toShare(other) : null,
      change: change ? { ...change, q: rates.shift() ?? 1 } : null,
    }
  })
}

function toShare({ back, n }: ReturnRow): Share | null {
  const interval = findWilsonInterval(back, n)
  return interval ? { n: back, of: n, ...interval } : null
}

/** The persons behind one share: who came back, or who didn't. */
export async function listReturningPersons(
  deps: Deps,
  shop: ShopContext,
  asked: ReturningPersonsQuestion,
): Promise<FunnelPersons> {
  const { page, kind, pages = 'touchpoint' } = asked
  const side = await findSide(deps, shop, asked)
  const query = returningPersons(shop.id, side, pages, deps.now(), { page, isBack: kind === 'back' })
  return listPage(deps, shop.id, asked, (part) => pageQuery(query, part))
}
