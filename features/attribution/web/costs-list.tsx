import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Money, Num } from '../../../web/ui/numbers.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { addDays } from '../../reports/web/parts.ts'
import type { CostCampaign, CostsRemoved } from '../contract.ts'
import classes from './attribution.module.css'
import { useCostsChanged, useMayKeepCosts } from './use-attribution.ts'

/** All campaigns whose costs are known, the dearest first, and taking days away. */
export function CostsList() {
  const { t } = useTranslation('attribution')
  const { id } = useShop()
  const list = useCursorList<CostCampaign>(`/shops/${id}/ad-costs`, {})
  const mayKeep = useMayKeepCosts()
  return (
    <>
      <DataTable
        label={t('costs.list')}
        list={list}
        rowKey={({ channel, source, medium, campaign, currency }) =>
          [channel, source, medium, campaign, currency].join('\u001f')
        }
        columns={[
          {
            key: 'campaign',
            header: t('costs.campaign'),
            cell: ({ source, campaign, channel }) => campaign || source || t(`channels:${channel}`),
          },
          {
            key: 'channel',
            header: t('costs.channel'),
            cell: ({ channel, source }) =>
              `${isChannel(channel) ? t(`channels:${channel}`) : channel}${source ? ` (${source})` : ''}`,
          },
          {
            key: 'days',
            header: t('costs.days'),
            cell: ({ firstDay, lastDay }) => (
              <>
                <DayText day={firstDay} /> – <DayText day={lastDay} />
              </>
            ),
          },
          {
            key: 'clicks',
            header: t('costs.clicks'),
            align: 'end',
            cell: ({ clicks }) => (clicks === null ? '–' : <Num value={clicks} />),
          },
          {
            key: 'amount',
            header: t('costs.amount'),
            align: 'end',
            cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
          },
        ]}
        empty={<EmptyState title={t('costs.none')} />}
      />
      {mayKeep && list.items.length > 0 && <Removal items={list.items} />}
    </>
  )
}

/** Costs of some days go at once; the file brings them back. */
function Removal({ items }: { items: readonly CostCampaign[] }) {
  const { t } = useTranslation('attribution')
  const { id } = useShop()
  const changed = useCostsChanged()
  const days = items.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort()
  const [from, setFrom] = useState(days[0] ?? '')
  const [to, setTo] = useState(days.at(-1) ?? '')
  const field = (side: 'from' | 'to', value: string, set: (day: string) => void) => (
    <TextInput
      type="date"
      size="sm"
      label={t(`reports:period.${side}`)}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
  const remove = async () => {
    const query = { from, to: addDays(to, 1) }
    const removed = await api.del<CostsRemoved>(`/shops/${id}/ad-costs`, { query })
    notifyDone(t('costs.removed', { count: removed.entries }))
    await changed()
  }
  return (
    <div className={classes.fields}>
      {field('from', from, setFrom)}
      {field('to', to, setTo)}
      <ConfirmButton
        label={t('costs.remove.label')}
        title={t('costs.remove.title')}
        consequence={t('costs.remove.consequence')}
        confirmLabel={t('costs.remove.confirm')}
        buttonProps={{ disabled: !(from !== '' && from <= to) }}
        onConfirm={remove}
      />
    </div>
  )
}
