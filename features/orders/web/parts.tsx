import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import { Money } from '../../../web/ui/numbers.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import type { OrderListItem } from '../contract.ts'
import { stateTones, useDeliveryWords } from './order-words.ts'

type ShortOrder = Pick<
  OrderListItem,
  'id' | 'state' | 'orderedOn' | 'amount' | 'currency' | 'lateDays' | 'isOverdue'
>

/** The orders of one person, newest first, each leading to its page. */
export function PersonOrders({ orders }: { orders: ShortOrder[] }) {
  const { t } = useTranslation('orders')
  const shop = useShop()
  const deliveryOf = useDeliveryWords()
  const columns: Column<ShortOrder>[] = [
    { key: 'id', header: t('column.order'), cell: ({ id }) => <span className="num">{id}</span> },
    { key: 'day', header: t('column.day'), cell: ({ orderedOn }) => <DayText day={orderedOn} /> },
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
    {
      key: 'amount',
      header: t('column.amount'),
      align: 'end',
      cell: ({ amount, currency }) =>
        amount === null ? <span data-quiet>–</span> : <Money amount={amount} currency={currency} exact />,
    },
  ]
  return (
    <DataTable
      label={t('title')}
      list={wholeList(orders)}
      columns={columns}
      rowKey={(order) => order.id}
      rowLink={(order) => ({
        to: '/s/$shop/orders/$order',
        params: { shop: String(shop.id), order: order.id },
      })}
      empty={<p data-quiet>{t('none')}</p>}
    />
  )
}
