import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Money, Num, Percent } from '../../../web/ui/numbers.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import type { OrderFilter, OrderSummary, Share } from '../contract.ts'

/** Under so many a share is words, not a number. */
const FEW = 30

/** Order rate and buy-out rate side by side, lateness, and the money behind them. */
export function OrderFigures({ shop, filter }: { shop: number; filter: OrderFilter }) {
  const { t } = useTranslation('orders')
  const summary = useQuery({
    queryKey: ['order-summary', shop, filter],
    queryFn: ({ signal }) => api.get<OrderSummary>(`/shops/${shop}/order-summary`, { query: filter, signal }),
    placeholderData: (previous) => previous,
  })
  if (summary.isError) return <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />
  const figures = summary.data
  if (!figures || figures.orders === 0) return null
  const { orderRate, buyOut, late, money } = figures
  return (
    <Stats>
      <Stat
        label={t('figure.orders')}
        value={<Num value={figures.orders} />}
        definition={t('definition.orders')}
        note={t('figure.open', { count: figures.open })}
      />
      <ShareStat name="orderRate" share={orderRate} />
      <ShareStat name="buyOut" share={buyOut} />
      <ShareStat name="late" share={late} />
      {figures.medianDaysToArrive !== null && (
        <Stat
          label={t('figure.days')}
          value={<Num value={figures.medianDaysToArrive} digits={1} />}
          definition={t('definition.days')}
          note={t('figure.overdue', { count: figures.overdue })}
        />
      )}
      {money.map(({ currency, amount, boughtOut }) => (
        <Stat
          key={currency}
          label={t('figure.boughtOut')}
          value={<Money amount={boughtOut} currency={currency} />}
          definition={t('definition.boughtOut')}
          note={
            <>
              {t('figure.outOf')} <Money amount={amount} currency={currency} />
            </>
          }
        />
      ))}
    </Stats>
  )
}

function ShareStat({ name, share }: { name: 'orderRate' | 'buyOut' | 'late'; share: Share }) {
  const { t } = useTranslation('orders')
  const isEnough = share !== null && share.n >= FEW
  return (
    <Stat
      label={t(`figure.${name}`)}
      value={<Percent value={isEnough ? share.share : null} low={share?.low} high={share?.high} digits={1} />}
      definition={t(`definition.${name}`)}
      note={share === null ? undefined : t(`figure.${name}Of`, { k: share.k, count: share.n })}
    />
  )
}
