import { formatPercent, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import { type ConformanceAnswer, PATH_CLASSES, type PathClass } from '../../../conformance/contract.ts'
import { readConformanceSearch, toConformanceQuery } from '../../../conformance/web/parts.ts'
import { Estimate, weightOf } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

const tones: Record<PathClass, 'won' | 'lost' | 'even'> = {
  followed: 'won',
  skipped: 'even',
  back: 'even',
  deadEnd: 'lost',
  open: 'even',
}

/** How many journeys went as intended, and how the others went. */
export function ConformanceCard({ search }: CardProps) {
  const query = toConformanceQuery(readConformanceSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<ConformanceAnswer> path="conformance" query={query}>
      {({ figures }) => <Classes classes={figures.classes} />}
    </ReportCard>
  )
}

function Classes({ classes }: { classes: ConformanceAnswer['figures']['classes'] }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { followed } = classes
  if (!followed) return <Nothing />
  return (
    <>
      <Headline figure={<Estimate {...followed} n={followed.of} />}>{t('card.conformance')}</Headline>
      {weightOf(followed.of) === 'number' && (
        <Bars
          bars={PATH_CLASSES.flatMap((key) => {
            const one = classes[key]
            if (!one || one.n === 0) return []
            const value = formatPercent(one.share, locale)
            return [{ key, name: t(`conformance:class.${key}`), width: one.share, value, tone: tones[key] }]
          })}
        />
      )}
    </>
  )
}
