import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { Attribution, ChannelCredit } from '../contract.ts'
import classes from './attribution.module.css'
import { type ModelKey, UNKNOWN_WAY } from './attribution-search.ts'
import { ChangeCell, MoneyRange, Times, WholeMoney } from './figures.tsx'
import { ShareBar } from './share-bar.tsx'

type ModelTableProps = {
  answer: Attribution
  model: ModelKey
  nameOf: (way: string) => string
  /** Opens the orders behind a way. */
  open: (way: string) => void
}

/** One model in full: the picture of its shares among those of the other models, orders, money, and what it cost. */
export function ModelTable({ answer, model, nameOf, open }: ModelTableProps) {
  const { t } = useTranslation('attribution')
  const credits = answer.models.find((one) => one.model === model)?.channels ?? []
  const items = credits.toSorted((a, b) => b.conversions - a.conversions)
  const columns = useColumns({ answer, model, nameOf, open })
  return (
    <DataTable
      label={t(`model.${model}`)}
      columns={columns}
      list={wholeList(items)}
      rowKey={({ channel }) => channel}
      empty={null}
    />
  )
}

function useColumns({ answer, model, nameOf, open }: ModelTableProps): Column<ChannelCredit>[] {
  const { t } = useTranslation('attribution')
  const { meta, costs, comparedTotals, totals } = answer
  const n = totals.conversions - totals.unknown.conversions
  const most = Math.max(0.01, ...answer.models.flatMap(({ channels }) => channels.map(({ high }) => high)))
  const hasCosts = costs !== null && !costs.isWithheld
  const column = (
    key: string,
    cell: Column<ChannelCredit>['cell'],
    more: Partial<Column<ChannelCredit>> = {},
  ): Column<ChannelCredit> => ({ key, header: t(`column.${key}`), cell, align: 'end', ...more })
  return [
    column(
      'channel',
      ({ channel }) => (
        <PlainButton className={classes.way} onClick={() => open(channel === '' ? UNKNOWN_WAY : channel)}>
          {nameOf(channel)}
        </PlainButton>
      ),
      { align: undefined, width: '17%' },
    ),
    column('picture', (credit) => <ShareBar credit={credit} answer={answer} model={model} most={most} />, {
      align: undefined,
      headerHidden: true,
      onPhone: 'plain',
      width: hasCosts || comparedTotals ? '16%' : '26%',
    }),
    column('share', ({ share, low, high }) => (
      <Estimate share={share} low={low} high={high} n={n} digits={1} />
    )),
    ...(comparedTotals ? [column('change', ({ change }) => <ChangeCell change={change} />)] : []),
    column('orders', ({ conversions }) => <Num value={conversions} digits={1} />),
    column('money', ({ value }) => <WholeMoney amount={value} currency={meta.currency} />),
    ...(hasCosts
      ? [
          column('costPerOrder', ({ costPerOrder, conversions }) => (
            <MoneyRange figure={costPerOrder} n={conversions} currency={meta.currency} />
          )),
          column('return', (credit) => <Times figure={credit.return} n={credit.conversions} />),
        ]
      : []),
    ...(model === 'markov'
      ? [
          column('removal', ({ removalEffect = 0 }) => (
            <Estimate share={removalEffect} low={null} high={null} n={n} />
          )),
        ]
      : []),
  ]
}
