import { Button } from '@mantine/core'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { toReportQuery } from '../../reports/web/parts.ts'
import type { MixOrder } from '../contract.ts'
import { listWays } from '../vocabulary.ts'
import type { MixSearch } from './channel-mix-search.ts'
import type { MixAddress } from './use-channel-mix.ts'
import { WayBadges } from './way-badges.tsx'

/** The orders behind the number that was clicked. */
export function MixOrdersList({ address: { search, close } }: { address: MixAddress }) {
  const { t } = useTranslation('channel-mix')
  const { group, mix, problem } = search
  if (group === undefined && mix === undefined) return null
  const ways = listWays(mix ?? 0)
  const name = group
    ? t(`group.${group}`)
    : ways.length === 0
      ? t('mixes.none')
      : ways.map((way) => t(`way.${way}`)).join(' + ')
  return (
    <Section
      title={t(problem ? 'list.problems' : 'list.title', { name })}
      actions={
        <Button variant="default" size="sm" onClick={close}>
          {t('list.close')}
        </Button>
      }
      flush
    >
      <List search={search} />
    </Section>
  )
}

function List({ search }: { search: MixSearch }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const { id } = useShop()
  const { compare: _, ...query } = toReportQuery(search, new Date(), useTimeZone())
  const { group, mix, problem } = search
  const path = `/shops/${id}/channel-mix/orders`
  const list = useCursorList<MixOrder>(path, { ...query, group, mix, problem: problem && 'true' })
  return (
    <DataTable
      label={t('list.label')}
      list={list}
      rowKey={(order) => order.id}
      rowLink={(order) => ({ to: '/s/$shop/orders/$order', params: { shop: String(id), order: order.id } })}
      columns={[
        { key: 'order', header: t('list.order'), cell: (order) => <span className="num">{order.id}</span> },
        {
          key: 'person',
          header: t('list.person'),
          cell: ({ person }) => person.name ?? <span data-quiet>{t('list.unnamed')}</span>,
        },
        { key: 'ways', header: t('mixes.ways'), cell: ({ ways }) => <WayBadges ways={ways} /> },
        {
          key: 'problem',
          header: t('list.problem'),
          cell: (order) => (order.problem ? t('list.yes') : <span data-quiet>{t('list.no')}</span>),
        },
        {
          key: 'said',
          header: t('list.said'),
          align: 'end',
          cell: ({ said }) => (said === null ? '–' : formatNumber(said, locale, { signed: true })),
        },
        { key: 'at', header: t('list.at'), align: 'end', cell: ({ at }) => <DateTime at={at} /> },
      ]}
      empty={<EmptyState title={t('list.nobody')} />}
    />
  )
}
