import { formatNumber, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { Num } from '../../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ChoosingAnswer } from '../../../funnels/contract.ts'
import { readReportSearch, toReportQuery, weightOf } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

const MOST = 6

/** How often customers come before they order. */
export function ChoosingCard({ search }: CardProps) {
  const query = toReportQuery(readReportSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<ChoosingAnswer> path="funnel/choosing" query={query}>
      {({ visits }) => <Visits visits={visits} />}
    </ReportCard>
  )
}

function Visits({ visits }: { visits: ChoosingAnswer['visits'] }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { n, mean, values } = visits
  if (!mean || weightOf(n) !== 'number') return <Nothing />
  const range = mean.low !== null && mean.high !== null && { low: mean.low, high: mean.high }
  const shown = values.slice(0, MOST)
  const most = Math.max(...shown.map((one) => one.n), 1)
  return (
    <>
      <Headline figure={<Num value={mean.mean} digits={2} {...range} />}>{t('card.choosing')}</Headline>
      <Bars
        bars={shown.map((one) => ({
          key: String(one.value),
          name: formatNumber(one.value, locale),
          width: one.n / most,
          value: formatNumber(one.n, locale),
        }))}
      />
    </>
  )
}
