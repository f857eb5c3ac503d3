import type { ReportTable } from '../../reports/web/parts.ts'
import type { Attribution } from '../contract.ts'
import { MODEL_KEYS } from './attribution-search.ts'

type Translate = (key: string) => string

/** All models, and what is behind them, as tables for a spreadsheet. */
export function toTables(answer: Attribution, t: Translate, nameOf: (way: string) => string): ReportTable[] {
  const { costs } = answer
  return [
    creditsTable(answer, t, nameOf),
    {
      name: t('file.reach'),
      columns: [
        { title: t('column.channel'), kind: 'text' },
        { title: t('file.orders'), kind: 'number' },
        { title: t('file.journeys'), kind: 'number' },
      ],
      rows: answer.reach.map(({ channel, orders, journeys }) => [nameOf(channel), orders, journeys]),
    },
    ...(costs
      ? [
          {
            name: t('file.costs'),
            columns: [
              { title: t('column.channel'), kind: 'text' as const },
              { title: t('costs.amount'), kind: 'money' as const },
              { title: t('costs.impressions'), kind: 'number' as const },
              { title: t('costs.clicks'), kind: 'number' as const },
            ],
            rows: [...costs.ways, ...costs.unmatched].map(({ way, amount, impressions, clicks }) => [
              nameOf(way),
              amount,
              impressions,
              clicks,
            ]),
          },
        ]
      : []),
  ]
}

function creditsTable({ models }: Attribution, t: Translate, nameOf: (way: string) => string): ReportTable {
  const column = (title: string, kind: ReportTable['columns'][number]['kind']) => ({ title, kind })
  return {
    name: t('compare.title'),
    columns: [
      column(t('model.label'), 'text'),
      column(t('column.channel'), 'text'),
      column(t('column.orders'), 'number'),
      column(t('column.share'), 'share'),
      column(t('file.low'), 'share'),
      column(t('file.high'), 'share'),
      column(t('column.money'), 'money'),
      column(t('column.removal'), 'share'),
      column(t('column.costPerOrder'), 'money'),
      column(t('column.return'), 'number'),
      column(t('column.change'), 'share'),
      column(t('file.q'), 'number'),
    ],
    rows: MODEL_KEYS.flatMap((key) =>
      (models.find(({ model }) => model === key)?.channels ?? []).map((one) => [
        t(`model.${key}`),
        nameOf(one.channel),
        one.conversions,
        one.share,
        one.low,
        one.high,
        Math.round(one.value),
        one.removalEffect ?? null,
        one.costPerOrder ? Math.round(one.costPerOrder.value) : null,
        one.return?.value ?? null,
        one.change?.difference ?? null,
        one.change?.q ?? null,
      ]),
    ),
  }
}
