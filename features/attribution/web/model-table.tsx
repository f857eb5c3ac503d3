import { IconRoute } from '@tabler/icons-react'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Money, Num, Percent } from '../../../web/ui/numbers.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Attribution, ChannelCredit } from '../contract.ts'
import classes from './attribution.module.css'
import type { ModelKey } from './attribution-search.ts'

type ModelTableProps = { answer: Attribution; model: ModelKey; nameOf: (way: string) => string }

/** One model in full: orders, share with its range, money, and what losing the channel would lose. */
export function ModelTable({ answer, model, nameOf }: ModelTableProps) {
  const { t } = useTranslation('attribution')
  const credits = answer.models.find((one) => one.model === model)?.channels ?? []
  const items = credits.toSorted((a, b) => b.conversions - a.conversions)
  const most = Math.max(...items.map(({ high }) => high), 0.01)
  const columns: Column<ChannelCredit>[] = [
    { key: 'channel', header: t('column.channel'), cell: ({ channel }) => nameOf(channel) },
    {
      key: 'bar',
      header: t('column.share'),
      headerHidden: true,
      onPhone: 'plain',
      width: '26%',
      cell: (credit) => <ShareBar credit={credit} most={most} />,
    },
    {
      key: 'share',
      header: t('column.share'),
      align: 'end',
      cell: ({ share, low, high }) => <Percent value={share} low={low} high={high} />,
    },
    {
      key: 'orders',
      header: t('column.orders'),
      align: 'end',
      cell: ({ conversions }) => <Num value={conversions} digits={1} />,
    },
    {
      key: 'money',
      header: t('column.money'),
      align: 'end',
      cell: ({ value }) => <Money amount={Math.round(value)} currency={answer.meta.currency} />,
    },
  ]
  if (model === 'markov')
    columns.push({
      key: 'removal',
      header: t('column.removal'),
      align: 'end',
      cell: ({ removalEffect = 0 }) => <Percent value={removalEffect} />,
    })
  const empty = (
    <EmptyState icon={<IconRoute />} title={t('empty.title')}>
      {t('empty.why')}
    </EmptyState>
  )
  return (
    <DataTable
      label={t(`model.${model}`)}
      columns={columns}
      list={wholeList(items)}
      rowKey={({ channel }) => channel}
      empty={empty}
    />
  )
}

/** The share as a bar, its likely range as a line across the bar's end. */
function ShareBar({ credit: { share, low, high }, most }: { credit: ChannelCredit; most: number }) {
  const at = (value: number) => `${(100 * value) / most}%`
  return (
    <span className={classes.track} aria-hidden="true">
      <span className={classes.bar} style={{ width: at(share) }} />
      <span className={classes.range} style={{ insetInlineStart: at(low), width: at(high - low) }} />
    </span>
  )
}
