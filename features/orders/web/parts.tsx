import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import { Money } from '../../../web/ui/numbers.tsx'
import type { OrderListItem } from '../contract.ts'
import { stateTones, useDeliveryWords } from './order-words.ts'
import classes from './person-orders.module.css'

type ShortOrder = Pick<
  OrderListItem,
  'id' | 'state' | 'orderedOn' | 'amount' | 'currency' | 'lateDays' | 'isOverdue'
>

/** The orders of one person, newest first, each leading to its page; narrow enough to stand beside a path. */
export function PersonOrders({ orders }: { orders: ShortOrder[] }) {
  const { t } = useTranslation('orders')
  if (orders.length === 0) return <p data-quiet>{t('none')}</p>
  return (
    <ul className={classes.orders}>
      {orders.map((order) => (
        <OrderLine key={order.id} order={order} />
      ))}
    </ul>
  )
}

function OrderLine({ order }: { order: ShortOrder }) {
  const { t } = useTranslation('orders')
  const shop = useShop()
  const delivery = useDeliveryWords()(order)
  const { id, state, orderedOn, amount, currency } = order
  return (
    <li className={classes.order}>
      <Link to="/s/$shop/orders/$order" params={{ shop: String(shop.id), order: id }} className="num">
        {id}
      </Link>
      <span>
        {amount === null ? <span data-quiet>–</span> : <Money amount={amount} currency={currency} exact />}
      </span>
      <span className={classes.facts}>
        <DayText day={orderedOn} />
        <Badge tone={stateTones[state]}>{t(`state.${state}`)}</Badge>
        {delivery && <Badge tone={delivery.tone}>{delivery.text}</Badge>}
      </span>
    </li>
  )
}
