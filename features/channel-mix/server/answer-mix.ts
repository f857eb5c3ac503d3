import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import {
  answerReport,
  type GroundSide,
  type ReportGround,
  readReportQuestion,
  runReport,
} from '../../reports/server/reads.ts'
import type { ChannelMix, ChannelMixQuestion } from '../contract.ts'
import { codeCare } from './care-codes.ts'
import { compareMixes } from './compare-mixes.ts'
import type { MixPlan } from './mix-plan.ts'
import { type MixRow, mixQuery } from './mix-query.ts'
import { toSide } from './mix-result.ts'

/** Which ways of care belong to orders, and how content their customers are; from memory while the data is the same. */
export async function answerMix(
  deps: Deps,
  shop: ShopContext,
  asked: ChannelMixQuestion,
): Promise<ChannelMix> {
  const question = readReportQuestion(asked, shop, deps.now())
  return answerReport(deps, shop, { kind: 'channel-mix', key: [], question }, (ground) =>
    makeMix(deps, shop, ground),
  )
}

export function planMix(shop: ShopContext, ground: ReportGround, side: GroundSide = ground): MixPlan {
  const { period, persons } = side
  return { shop: shop.id, currency: shop.currency, codes: codeCare(ground.registry), period, persons }
}

async function makeMix(deps: Deps, shop: ShopContext, ground: ReportGround) {
  const rows = await runReport<MixRow>(deps, mixQuery(planMix(shop, ground)))
  const { side, known } = toSide(rows)
  const others =
    ground.other && (await runReport<MixRow>(deps, mixQuery(planMix(shop, ground, ground.other))))
  const other = others ? toSide(others).side : null
  const changes = others && other ? compareMixes({ side, rows }, { side: other, rows: others }) : []
  return {
    answer: { ...side, other, changes },
    unidentifiedShare: side.orders === 0 ? 0 : 1 - known / side.orders,
    n: side.orders,
  }
}
