import { findCurrency } from '../../../../kernel/currencies.ts'

/** What a table of ad costs can tell of a row. `since` and `until` are the edges of a period that must be one day. */
export type CostField =
  | 'day'
  | 'since'
  | 'until'
  | 'amount'
  | 'currency'
  | 'impressions'
  | 'clicks'
  | 'channel'
  | 'source'
  | 'medium'
  | 'campaign'

/** Whose export it looks like, by its columns; it tells what the rows' source is where no column does. */
export type CostKind = 'google_ads' | 'yandex_direct' | 'meta' | 'plain'

/** Names of columns as exports write them in English, Russian and Ukrainian, without units and marks. */
const NAMES: Record<CostField, readonly string[]> = {
  day: ['day', 'date', 'день', 'дата'],
  since: [
    'reporting starts',
    'дата начала отчетности',
    'начало отчетного периода',
    'дата початку звітності',
    'початок звітного періоду',
  ],
  until: [
    'reporting ends',
    'дата окончания отчетности',
    'конец отчетного периода',
    'дата завершення звітності',
    'кінець звітного періоду',
  ],
  amount: [
    'cost',
    'costs',
    'amount',
    'spend',
    'spent',
    'amount spent',
    'total cost',
    'стоимость',
    'расход',
    'расходы',
    'затраты',
    'сумма затрат',
    'потраченная сумма',
    'вартість',
    'витрати',
    'сума витрат',
    'витрачена сума',
  ],
  currency: ['currency', 'currency code', 'код валюты', 'валюта', 'код валюти', 'account currency'],
  impressions: ['impressions', 'impr', 'показы', 'покази'],
  clicks: ['clicks', 'link clicks', 'clicks all', 'клики', 'клики по ссылке', 'кліки', 'кліки посилання'],
  channel: ['channel', 'канал'],
  source: ['utm source', 'source', 'источник', 'джерело'],
  medium: ['utm medium', 'medium'],
  campaign: [
    'utm campaign',
    'campaign',
    'campaign name',
    'кампания',
    'название кампании',
    'кампанія',
    'назва кампанії',
  ],
}

export interface CostColumns {
  kind: CostKind
  /** Which column holds what, by its place. */
  places: Partial<Record<CostField, number>>
  /** Named in the head of the amounts: “Amount spent (USD)”. */
  currency: string | undefined
}

/** What the columns of a table of costs are; undefined when a day or an amount isn't among them. */
export function findCostColumns(columns: readonly string[]): CostColumns | undefined {
  const plain = columns.map(simplify)
  const places: Partial<Record<CostField, number>> = {}
  for (const [field, names] of Object.entries(NAMES) as [CostField, readonly string[]][]) {
    const place = names.map((name) => plain.indexOf(name)).find((at) => at >= 0)
    if (place !== undefined) places[field] = place
  }
  if (places.amount === undefined || (places.day ?? places.since) === undefined) return undefined
  return { kind: findKind(plain, places), places, currency: readUnit(columns[places.amount] as string) }
}

/** “Расход (руб.)”, “Расход, ₽” and “utm_source” as bare words. */
function simplify(column: string): string {
  return column
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\(([^)]*)\)/g, (_, inner: string) => (inner === 'all' ? ' all' : ' '))
    .replace(/,.*$/, '')
    .replace(/[._:]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function findKind(plain: readonly string[], places: CostColumns['places']): CostKind {
  const amount = plain[places.amount as number] as string
  if (places.source !== undefined || places.channel !== undefined) return 'plain'
  const isMeta = ['amount spent', 'сумма затрат', 'потраченная сумма', 'сума витрат', 'витрачена сума']
  if (places.since !== undefined || isMeta.includes(amount)) return 'meta'
  if (amount === 'расход') return 'yandex_direct'
  const isGoogle = ['cost', 'стоимость', 'расходы', 'вартість'].includes(amount)
  return isGoogle && places.campaign !== undefined ? 'google_ads' : 'plain'
}

function readUnit(column: string): string | undefined {
  const unit = /\(([^)]+)\)\s*$|,\s*([^,]+)$/.exec(column)
  return unit ? findCurrency(unit[1] ?? unit[2] ?? '') : undefined
}

/** Where the clicks of an export come from, as tagged visits say it. */
export const KIND_SOURCE: Record<CostKind, { source: string; medium: string } | undefined> = {
  google_ads: { source: 'google', medium: 'cpc' },
  yandex_direct: { source: 'yandex', medium: 'cpc' },
  meta: { source: 'facebook', medium: 'paid_social' },
  plain: undefined,
}
