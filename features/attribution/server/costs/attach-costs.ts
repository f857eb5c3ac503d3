import type { Attribution, Bounded, ChannelCredit, PeriodCosts } from '../../contract.ts'

/** Puts costs beside what each model credits: what an order costs, and what comes back for the money. */
export function attachCosts(answer: Attribution, costs: PeriodCosts | null): Attribution {
  const amounts = new Map(costs?.ways.map(({ way, amount }) => [way, amount]))
  const divide = (credit: ChannelCredit): ChannelCredit => {
    const amount = amounts.get(credit.channel)
    if (amount === undefined || amount === 0 || costs?.isWithheld) return credit
    return {
      ...credit,
      costPerOrder: perOrder(amount, credit),
      return: {
        value: credit.value / amount,
        low: credit.valueRange.low / amount,
        high: credit.valueRange.high / amount,
      },
    }
  }
  const models = answer.models.map((one) => ({ ...one, channels: one.channels.map(divide) }))
  return { ...answer, models, costs }
}

/** More orders make each cheaper, so the ends of the range change places; no order at all has no price. */
function perOrder(amount: number, { conversions, conversionsRange }: ChannelCredit): Bounded | null {
  if (conversions <= 0) return null
  return {
    value: amount / conversions,
    low: amount / Math.max(conversionsRange.high, conversions),
    high: conversionsRange.low > 0 ? amount / conversionsRange.low : null,
  }
}
