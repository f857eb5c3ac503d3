import { useTimeZone } from '../../../../web/shop-context.tsx'
import { Num } from '../../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ExposureAnswer } from '../../../exposure/contract.ts'
import { readExposureSearch, toExposureQuery } from '../../../exposure/web/parts.ts'
import { bandPath, smoothPath } from '../../../journeys/web/parts.ts'
import classes from '../boards.module.css'
import type { CardProps } from '../card-kinds.ts'
import { Headline, ReportCard } from './report-card.tsx'

/** What contacts have brought, and how that grows with their number. */
export function ExposureCard({ search }: CardProps) {
  const query = toExposureQuery(readExposureSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<ExposureAnswer> path="exposure" query={query}>
      {(answer) => <Curve answer={answer} />}
    </ReportCard>
  )
}

function Curve({ answer }: { answer: ExposureAnswer }) {
  const { t } = useTranslation('boards')
  const { effect, refusal, outcome } = answer
  if (refusal !== null || effect === null) return <p className={classes.note}>{t('card.refused')}</p>
  const isShare = outcome !== 'attitude' && outcome !== 'recommendation'
  return (
    <>
      <Headline figure={<Num value={effect.value} low={effect.low} high={effect.high} digits={1} signed />}>
        {t(isShare ? 'card.exposure' : 'card.exposureValue')}
      </Headline>
      <Picture smooth={answer.smooth} />
    </>
  )
}

function Picture({ smooth }: { smooth: ExposureAnswer['smooth'] }) {
  if (smooth.length < 2) return null
  const lows = Math.min(...smooth.map(({ low }) => low))
  const highs = Math.max(...smooth.map(({ high }) => high))
  const last = smooth.at(-1)?.contacts ?? 1
  const x = (contacts: number) => (240 * contacts) / Math.max(last, 1)
  const y = (value: number) => 84 - (80 * (value - lows)) / Math.max(highs - lows, 1e-9)
  const points = smooth.map(({ contacts, value, low, high }) => ({
    ...{ x: x(contacts), y: y(value), low: y(low), high: y(high) },
  }))
  return (
    <svg className={classes.picture} viewBox="0 0 240 88" aria-hidden="true">
      <path d={bandPath(points)} fill="var(--won)" opacity={0.18} />
      <path d={smoothPath(points)} fill="none" stroke="var(--won)" strokeWidth={2.6} />
    </svg>
  )
}
