import { toCsvLine } from '../../../kernel/csv.ts'
import { findMinorDigits } from '../../../kernel/currencies.ts'
import type { Attribution } from '../contract.ts'

const HEAD = [
  'model',
  'channel',
  'orders',
  'money',
  'currency',
  'share',
  'share_low',
  'share_high',
  'removal_effect',
]

/** All models as one table for a spreadsheet; money in whole units. The mark in front tells Excel that it is UTF-8. */
export function toCsv({ models, meta }: Attribution): string {
  const unit = 10 ** (findMinorDigits(meta.currency) ?? 2)
  const lines = models.flatMap(({ model, channels }) =>
    channels.map(({ channel, conversions, value, share, low, high, removalEffect }) =>
      toCsvLine([
        model,
        channel,
        round(conversions),
        round(value / unit),
        meta.currency,
        ...[share, low, high].map(round),
        removalEffect === undefined ? null : round(removalEffect),
      ]),
    ),
  )
  return `\ufeff${toCsvLine(HEAD)}${lines.join('')}`
}

const round = (value: number) => Math.round(value * 10_000) / 10_000
