import { formatDecimal } from '../../../kernel/money.ts'
import type { ImportRow } from './import-table.ts'

/** What an import came to, for machines. Payments in major units of their currency. */
export function describeOutcome(
  row: ImportRow,
  shop: { id: number; name: string },
  badRowsFile: string | null,
) {
  const { figures, counts, problem, activeMs } = row
  const [payments] = figures?.payments ?? []
  return {
    import: row.id,
    preset: row.preset,
    shop,
    state: row.state,
    rows: counts.rows ?? 0,
    recorded: counts.recorded ?? 0,
    alreadyThere: counts.duplicates ?? 0,
    correctedOrders: counts.corrected ?? 0,
    badRows: counts.bad ?? 0,
    badRowsFile,
    reasons: counts.reasons ?? {},
    seconds: activeMs / 1000,
    ...(figures && {
      ...figures,
      payments: payments ? Number(formatDecimal(payments.amount, payments.currency)) : 0,
      paymentRows: payments?.rows ?? 0,
      currency: payments?.currency ?? null,
      paymentsByCurrency: figures.payments,
    }),
    ...(problem && { problem }),
  }
}

const number = (value: number) => value.toLocaleString('en')

/** The same in sentences. */
export function tellOutcome(row: ImportRow, badRowsFile: string | null): string[] {
  const { counts, figures, problem } = row
  const { rows = 0, recorded = 0, duplicates = 0, corrected = 0, bad = 0 } = counts
  const lines = [
    `${number(rows)} rows read: ${number(recorded)} events recorded, ${number(duplicates)} were already there, ${number(bad)} rows could not be used.`,
  ]
  if (corrected > 0)
    lines.push(`${number(corrected)} orders stood otherwise in an earlier file and were put right.`)
  if (badRowsFile !== null) lines.push(`The rows that could not be used, with the reasons: ${badRowsFile}`)
  if (problem) lines.push(problem.message)
  if (row.state === 'cancelled') lines.push('Stopped. The same command goes on from here.')
  if (figures) lines.push(...tellFigures(figures))
  return lines
}

function tellFigures(figures: NonNullable<ImportRow['figures']>): string[] {
  const { orders, late, judged, persons, reviews, leads, deals, events } = figures
  const parts = [`In Tropa from this kind of file: ${number(events)} events of ${number(persons)} persons`]
  if (orders > 0)
    parts.push(`${number(orders)} orders`, `${number(late)} of ${number(judged)} late by calendar day`)
  for (const { currency, amount } of figures.payments)
    parts.push(
      `payments ${Number(formatDecimal(amount, currency)).toLocaleString('en', { minimumFractionDigits: 2 })} ${currency}`,
    )
  if (reviews > 0) parts.push(`${number(reviews)} reviews`)
  if (leads > 0) parts.push(`${number(leads)} leads`, `${number(deals)} deals won`)
  const lines = [`${parts.join(', ')}.`]
  if (!figures.isComplete)
    lines.push('The last events were still on their way into orders when this was counted.')
  return lines
}
