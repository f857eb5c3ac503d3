import { formatPercent, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { VariantsAnswer } from '../../../paths/contract.ts'
import { readPathsSearch, toPathsQuery, useNodeNames } from '../../../paths/web/parts.ts'
import { Estimate, weightOf } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

const MOST = 4

/** The ways most taken, and how many of all ways end with an order. */
export function PathsCard({ search }: CardProps) {
  const read = readPathsSearch(search)
  const query = toPathsQuery({ ...read, view: 'variants' }, new Date(), useTimeZone())
  return (
    <ReportCard<VariantsAnswer> path="paths/variants" query={query}>
      {(answer) => <Ways answer={answer} by={read.by ?? 'touchpoint'} />}
    </ReportCard>
  )
}

function Ways({ answer, by }: { answer: VariantsAnswer; by: Parameters<typeof useNodeNames>[0] }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { nameOf } = useNodeNames(by)
  const { totals, variants } = answer
  const { share, low, high, of } = totals.ordered
  if (totals.units === 0 || share === null) return <Nothing />
  const shown = variants.filter((one) => one.share !== null && weightOf(one.of) === 'number').slice(0, MOST)
  const most = Math.max(...shown.map((one) => one.share ?? 0), 0.0001)
  return (
    <>
      <Headline figure={<Estimate share={share} low={low} high={high} n={of} />}>{t('card.paths')}</Headline>
      <Bars
        bars={shown.map((one) => ({
          key: one.path.join(' '),
          name: one.path.map(nameOf).join(' → '),
          width: (one.share ?? 0) / most,
          value: formatPercent(one.share ?? 0, locale),
        }))}
      />
    </>
  )
}
