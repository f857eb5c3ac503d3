import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { DateTime, DayText } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Money, Num } from '../../../web/ui/numbers.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import type { OrderDetail } from '../contract.ts'
import classes from './order-page.module.css'
import { OrderTrack } from './order-track.tsx'
import { stateTones, useDeliveryWords } from './order-words.ts'

/** One order: how it went, what was promised, what was paid, what is doubtful about it. */
export function OrderPage() {
  const { t } = useTranslation('orders')
  const shop = useShop()
  const { order: id = '' } = useParams({ strict: false }) as { order?: string }
  const query = useQuery({
    queryKey: ['order', shop.id, id],
    queryFn: ({ signal }) =>
      api.get<OrderDetail>(`/shops/${shop.id}/orders/${encodeURIComponent(id)}`, { signal }),
  })
  const order = query.data
  return (
    <>
      <PageHeader
        title={t('one.title', { id })}
        back={
          <Link to="/s/$shop/orders" params={{ shop: String(shop.id) }}>
            <IconArrowLeft size={15} stroke={1.8} /> {t('title')}
          </Link>
        }
        subtitle={order && <Subtitle order={order} />}
      />
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <div className={classes.loading} aria-busy="true" />}
      {order && <Order order={order} />}
    </>
  )
}

function Subtitle({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const shop = useShop()
  return (
    <>
      <Badge tone={stateTones[order.state]}>{t(`state.${order.state}`)}</Badge>{' '}
      <DayText day={order.orderedOn} withWeekday />
      {order.region && ` · ${order.region}`}
      {order.person && (
        <>
          {' · '}
          <Link to="/s/$shop/people/$person" params={{ shop: String(shop.id), person: order.person.id }}>
            {order.person.name ?? t('one.person')}
          </Link>
        </>
      )}
      {order.isErased && ` · ${t('one.erased')}`}
    </>
  )
}

function Order({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <>
      <Verdict order={order} />
      <Section title={t('one.track')} hint={t('one.trackHint')}>
        <OrderTrack order={order} />
      </Section>
      {order.flags.length > 0 && <Flags order={order} />}
      <div className={classes.columns}>
        <Items order={order} />
        <Payments order={order} />
      </div>
      <Extra extra={order.extra} />
    </>
  )
}

function Verdict({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const delivery = useDeliveryWords()(order)
  return (
    <Stats>
      <Stat
        label={t('column.amount')}
        value={<Money amount={order.amount} currency={order.currency} exact />}
        note={order.paymentMethod ?? undefined}
      />
      <Stat
        label={t('one.promised')}
        value={<DayText day={order.promisedOn} />}
        definition={t('definition.promised')}
        note={
          order.promisedLastOn && order.promisedLastOn !== order.promisedOn ? (
            <>
              {t('one.movedTo')} <DayText day={order.promisedLastOn} />
            </>
          ) : undefined
        }
      />
      <Stat
        label={t('one.arrived')}
        value={<DayText day={order.arrivedOn} />}
        definition={t('definition.late')}
        tone={delivery?.tone}
        note={delivery?.text}
      />
      {order.ending && (
        <Stat
          label={t('one.ending')}
          value={t(`ending.${order.ending}`)}
          definition={t('definition.buyOut')}
          tone={order.ending === 'bought_out' ? 'won' : 'lost'}
        />
      )}
    </Stats>
  )
}

function Flags({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <Section title={t('one.flags')} hint={t('one.flagsHint')}>
      <ul className={classes.flags}>
        {order.flags.map((flag) => (
          <li key={`${flag.reason} ${flag.event} ${flag.to}`}>
            <Badge tone="even">{t(`state.${flag.to}`)}</Badge> {t(`flag.${flag.reason}`)}{' '}
            <span data-quiet>
              <DateTime at={flag.at} show="date-time" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Items({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <Section title={t('one.items')}>
      {order.items.length === 0 && <p data-quiet>{t('one.noItems')}</p>}
      <ul className={classes.rows}>
        {order.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an order may be equal, and none ever moves
          <li key={index}>
            <span>
              {item.name ?? item.sku ?? item.id ?? t('one.unnamedItem')}
              {item.category && <small data-quiet> {item.category}</small>}
            </span>
            <span>
              {item.quantity !== 1 && (
                <>
                  <Num value={item.quantity} /> ×{' '}
                </>
              )}
              {item.price === null ? '–' : <Money amount={item.price} currency={order.currency} exact />}
            </span>
          </li>
        ))}
        <Sum name="discount" order={order} />
        <Sum name="shipping" order={order} />
        <Sum name="tax" order={order} />
      </ul>
    </Section>
  )
}

function Sum({ name, order }: { name: 'discount' | 'shipping' | 'tax'; order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const amount = order[name]
  if (amount === null || amount === 0) return null
  return (
    <li data-quiet>
      <span>{t(`one.${name}`)}</span>
      <Money amount={name === 'discount' ? -amount : amount} currency={order.currency} exact />
    </li>
  )
}

function Payments({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <Section title={t('one.payments')}>
      {order.payments.length === 0 && <p data-quiet>{t('one.noPayments')}</p>}
      <ul className={classes.rows}>
        {order.payments.map((payment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two payments may be equal, and none ever moves
          <li key={index}>
            <span>
              {payment.method ?? t('one.payment')}{' '}
              <small data-quiet>
                <DateTime at={payment.at} show="date-time" />
                {payment.installments !== null &&
                  payment.installments > 1 &&
                  ` · ${t('one.installments', { count: payment.installments })}`}
                {!payment.isCompleted && ` · ${t('one.begun')}`}
              </small>
            </span>
            {payment.amount === null ? (
              '–'
            ) : (
              <Money amount={payment.amount} currency={order.currency} exact />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the shop sent beyond the fields that Tropa knows: kept, and shown as it is. */
function Extra({ extra }: { extra: OrderDetail['extra'] }) {
  const { t } = useTranslation('orders')
  const entries = Object.entries(extra)
  if (entries.length === 0) return null
  return (
    <Section title={t('one.extra')}>
      <dl className={classes.extra}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
