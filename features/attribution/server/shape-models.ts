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
  const answer: Shaped = {
    totals: shapeTotals(totals),
    comparedTotals: other ? shapeTotals(other.totals) : null,
    reach: reach.map((met, at) => ({ channel: channels[at] as string, ...met })),
    joinedWays: joined.length,
    models: models.map((result, at) => ({
      model: result.model,
      channels: shapeChannels(channels, result, other?.models[at]),
    })),
  }
  return { answer, totals, joined }
}

function shapeTotals({ conversions, value, nulls, foreign, unknown }: CountedTotals): Totals {
  return {
    ...{ conversions, value, nulls, foreign },
    unknown: { conversions: unknown.conversions, value: unknown.value },
  }
}

function shapeChannels(names: readonly string[], ours: ModelResult, other: ModelResult | undefined) {
  const changes = other ? compareCredits(ours.channels, other.channels) : []
  return ours.channels.map(({ error: _, ...credit }, at) => {
    const [change, before] = [changes[at], other?.channels[at]]
    return {
      channel: names[at] as string,
      ...credit,
      ...(change && before && { change: { share: before.share, ...change } }),
      costPerOrder: null,
      return: null,
    }
  })
}
