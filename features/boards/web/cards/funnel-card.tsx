import { formatNumber, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { FunnelAnswer } from '../../../funnels/contract.ts'
import { readFunnelSearch, toFunnelQuery, useFunnelNames } from '../../../funnels/web/parts.ts'
import { Estimate } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

const MOST_STEPS = 6

/** How many came how far. */
export function FunnelCard({ search }: CardProps) {
  const query = toFunnelQuery(readFunnelSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<FunnelAnswer> path="funnel" query={query}>
      {(answer) => <Steps answer={answer} />}
    </ReportCard>
  )
}

function Steps({ answer }: { answer: FunnelAnswer }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { nameStep } = useFunnelNames()
  const { steps } = answer
  const last = steps.at(-1)
  const first = steps[0]?.n ?? 0
  if (!last || first === 0) return <Nothing />
  // Of a long way its beginning and its end are shown.
  const shown = steps.length <= MOST_STEPS ? steps : [...steps.slice(0, MOST_STEPS - 1), last]
  return (
    <>
      {last.ofFirst && (
        <Headline figure={<Estimate {...last.ofFirst} n={last.ofFirst.of} />}>
          {t('card.funnel', { step: nameStep(last.step) })}
        </Headline>
      )}
      <Bars
        bars={shown.map((one) => ({
          key: String(steps.indexOf(one)),
          name: nameStep(one.step),
          width: one.n / first,
          value: formatNumber(one.n, locale),
        }))}
      />
    </>
  )
}
