import { FLOOR_WORD } from '../../../kernel/stats/floors.ts'
import type { Attribution, Totals } from '../contract.ts'
import type { ModelResult } from './measure-models.ts'
import { compareCredits } from './models/compare-credits.ts'
import type { Totals as CountedTotals } from './path-table.ts'
import type { MeasuredModels } from './run-models.ts'

type Shaped = Pick<Attribution, 'totals' | 'comparedTotals' | 'reach' | 'joinedWays' | 'models'>

/** The models' figures as the report answers them, without costs; with two sides, what differs. */
export function shapeModels([ours, other]: readonly MeasuredModels[]): {
  answer: Shaped
  totals: CountedTotals
  joined: string[]
} {
  const { channels, joined, reach, totals, models } = ours as MeasuredModels
  const isEnough = [ours, other].every((side) => side && countCredited(side) >= FLOOR_WORD)
  const answer: Shaped = {
    totals: shapeTotals(totals),
    comparedTotals: other ? shapeTotals(other.totals) : null,
    reach: reach.map((met, at) => ({ channel: channels[at] as string, ...met })),
    joinedWays: joined.length,
    models: models.map((result, at) => ({
      model: result.model,
      channels: shapeChannels(channels, result, other?.models[at], isEnough),
    })),
  }
  return { answer, totals, joined }
}

/** Of a few orders that are all alike every draw is too, as if chance had no part in them. */
const ANYTHING = { low: -1, high: 1, q: 1 }
const countCredited = ({ totals }: MeasuredModels) => totals.conversions - totals.unknown.conversions

function shapeTotals({ conversions, value, nulls, foreign, unknown }: CountedTotals): Totals {
  return {
    ...{ conversions, value, nulls, foreign },
    unknown: { conversions: unknown.conversions, value: unknown.value },
  }
}

function shapeChannels(
  names: readonly string[],
  ours: ModelResult,
  other: ModelResult | undefined,
  isEnough: boolean,
) {
  const changes = other ? compareCredits(ours.channels, other.channels) : []
  return ours.channels.map(({ error: _, ...credit }, at) => {
    const [change, before] = [changes[at], other?.channels[at]]
    return {
      channel: names[at] as string,
      ...credit,
      ...(change && before && { change: { share: before.share, ...change, ...(!isEnough && ANYTHING) } }),
      costPerOrder: null,
      return: null,
    }
  })
}
