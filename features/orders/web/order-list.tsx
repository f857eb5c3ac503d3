import { Button, Select } from '@mantine/core'
import { IconDownload, IconFlag, IconPackage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { Money } from '../../../web/ui/numbers.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { WaysToBegin } from '../../guide/web/parts.tsx'
import { type OrderChoices, type OrderListItem, orderStates } from '../contract.ts'
import { OrderFigures } from './order-figures.tsx'
import { stateTones, useDeliveryWords } from './order-words.ts'
import { periods, useOrderFilter } from './use-order-filter.ts'

/** All orders of the shop, what became of them, and the figures over whatever is chosen. */
export function OrderListPage() {
  const { t } = useTranslation('orders')
  const shop = useShop()
  const { filter, active, search } = useOrderFilter()
  const list = useCursorList<OrderListItem>(`/shops/${shop.id}/orders`, filter)
  const isNarrowed = active > 0 || search.q !== undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Button
            component="a"
            href={apiUrl(`/shops/${shop.id}/orders.csv`, filter)}
            download
            variant="default"
            leftSection={<IconDownload size={17} stroke={1.7} />}
          >
            {t('export')}
          </Button>
        }
      />
      <OrderFigures shop={shop.id} filter={filter} />
      <Filters />
      <Section flush>
        <DataTable
          label={t('title')}
          list={list}
          columns={useColumns()}
          rowKey={(order) => order.id}
          rowLink={(order) => ({
            to: '/s/$shop/orders/$order',
            params: { shop: String(shop.id), order: order.id },
          })}
          empty={isNarrowed ? <NothingFound /> : <NoOrders />}
        />
      </Section>
    </>
  )
}

function useColumns(): Column<OrderListItem>[] {
  const { t } = useTranslation('orders')
  const deliveryOf = useDeliveryWords()
  return [
    {
      key: 'id',
      header: t('column.order'),
      cell: ({ id, flagCount }) => (
        <>
          <span className="num">{id}</span>{' '}
          {flagCount > 0 && (
            <Badge tone="even" icon={<IconFlag size={13} />}>
              {t('flagCount', { count: flagCount })}
            </Badge>
          )}
        </>
      ),
    },
    { key: 'day', header: t('column.day'), cell: ({ orderedOn }) => <DayText day={orderedOn} /> },
    {
      key: 'person',
      header: t('column.person'),
      cell: ({ person }) => person?.name ?? <span data-quiet>{t('unnamed')}</span>,
    },
    {
      key: 'state',
      header: t('column.state'),
      cell: ({ state }) => <Badge tone={stateTones[state]}>{t(`state.${state}`)}</Badge>,
    },
    {
      key: 'delivery',
      header: t('column.delivery'),
      cell: (order) => {
        const words = deliveryOf(order)
        return words ? <Badge tone={words.tone}>{words.text}</Badge> : <span data-quiet>–</span>
      },
    },
    { key: 'region', header: t('column.region'), onPhone: 'hidden', cell: ({ region }) => region ?? '–' },
    {
      key: 'amount',
      header: t('column.amount'),
      align: 'end',
      cell: ({ amount, currency }) =>
        amount === null ? <span data-quiet>–</span> : <Money amount={amount} currency={currency} exact />,
    },
  ]
}

function Filters() {
  const { t } = useTranslation('orders')
  const shop = useShop()
  const { search, active, change, reset } = useOrderFilter()
  const choices = useQuery({
    queryKey: ['order-choices', shop.id],
    queryFn: ({ signal }) => api.get<OrderChoices>(`/shops/${shop.id}/order-choices`, { signal }),
    staleTime: 60_000,
  })
  const regions = choices.data?.regions ?? []
  const pick = (
    label: string,
    value: string | undefined,
    data: { value: string; label: string }[],
    set: (value: string | undefined) => void,
  ) => (
    <Select
      aria-label={label}
      placeholder={label}
      data={data}
      value={value ?? null}
      onChange={(next) => set(next ?? undefined)}
      clearable
      searchable={data.length > 9}
      w={180}
    />
  )
  return (
    <FilterBar active={active} onReset={reset}>
      <SearchField
        label={t('search')}
        value={search.q ?? ''}
        onChange={(q) => change({ q: q || undefined })}
      />
      {pick(
        t('period.label'),
        search.days === undefined ? undefined : String(search.days),
        periods.map((days) => ({ value: String(days), label: t('period.days', { count: days }) })),
        (days) => change({ days: days === undefined ? undefined : Number(days) }),
      )}
      {pick(
        t('column.state'),
        search.state,
        [
          { value: 'open', label: t('state.open') },
          ...orderStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        ],
        (state) => change({ state: state as typeof search.state }),
      )}
      {pick(
        t('column.delivery'),
        search.delivery,
        (['late', 'on_time', 'overdue'] as const).map((value) => ({
          value,
          label: t(`deliveryFilter.${value}`),
        })),
        (delivery) => change({ delivery: delivery as typeof search.delivery }),
      )}
      {regions.length > 1 &&
        pick(
          t('column.region'),
          search.region,
          regions.map(({ value, orders }) => ({ value, label: `${value} · ${orders}` })),
          (region) => change({ region }),
        )}
    </FilterBar>
  )
}

function NothingFound() {
  const { t } = useTranslation('orders')
  return (
    <EmptyState icon={<IconPackage />} title={t('nothing.title')}>
      {t('nothing.why')}
    </EmptyState>
  )
}

function NoOrders() {
  const { t } = useTranslation('orders')
  return (
    <EmptyState
      icon={<IconPackage />}
      title={t('empty.title')}
      action={<WaysToBegin importLabel={t('empty.action')} />}
    >
      {t('empty.why')}
    </EmptyState>
  )
}
