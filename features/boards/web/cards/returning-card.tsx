import { formatPercent, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ReturningAnswer } from '../../../funnels/contract.ts'
import { useFunnelNames } from '../../../funnels/web/parts.ts'
import { Estimate, readReportSearch, toReportQuery, weightOf } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

const MOST = 5

/** After which pages people come back. */
export function ReturningCard({ search }: CardProps) {
  const pages = search.pages === 'template' ? 'template' : undefined
  const query = { ...toReportQuery(readReportSearch(search), new Date(), useTimeZone()), pages }
  return (
    <ReportCard<ReturningAnswer> path="funnel/returning" query={query}>
      {(answer) => <Pages answer={answer} />}
    </ReportCard>
  )
}

function Pages({ answer }: { answer: ReturningAnswer }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { namePage } = useFunnelNames()
  const known = answer.pages.flatMap(({ page, back }) =>
    back && weightOf(back.of) === 'number' ? [{ page, back }] : [],
  )
  const shown = known.toSorted((a, b) => b.back.share - a.back.share).slice(0, MOST)
  const [top] = shown
  if (!top) return <Nothing />
  const nameOf = (page: string) => (answer.by === 'touchpoint' ? namePage(page) : page)
  return (
    <>
      <Headline figure={<Estimate {...top.back} n={top.back.of} />}>
        {t('card.returning', { page: nameOf(top.page) })}
      </Headline>
      <Bars
        bars={shown.map(({ page, back }) => ({
          key: page,
          name: nameOf(page),
          width: back.share / Math.max(top.back.share, 0.0001),
          value: formatPercent(back.share, locale),
        }))}
      />
    </>
  )
}
