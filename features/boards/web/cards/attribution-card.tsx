import { formatPercent, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { Percent } from '../../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { Attribution } from '../../../attribution/contract.ts'
import { readAttributionSearch, toAttributionQuery, useWayName } from '../../../attribution/web/parts.ts'
import { weightOf } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

const MOST = 5

/** To which ways orders are owed, by the model that the card was pinned with. */
export function AttributionCard({ search }: CardProps) {
  const read = readAttributionSearch(search)
  const query = toAttributionQuery(read, new Date(), useTimeZone())
  return (
    <ReportCard<Attribution> path="attribution" query={query}>
      {(answer) => <Ways answer={answer} model={read.model ?? 'markov'} />}
    </ReportCard>
  )
}

function Ways({ answer, model }: { answer: Attribution; model: string }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const nameOf = useWayName(answer.meta.by)
  const found = answer.models.find((one) => one.model === model)?.channels ?? []
  const ways = found.toSorted((a, b) => b.share - a.share).slice(0, MOST)
  const [top] = ways
  // From few orders nobody's share can be told.
  if (!top || weightOf(answer.totals.conversions) === 'none') return <Nothing />
  return (
    <>
      <Headline figure={<Percent value={top.share} low={top.low} high={top.high} />}>
        {t('card.attribution', { way: nameOf(top.channel) })}
      </Headline>
      {weightOf(answer.totals.conversions) === 'number' && (
        <Bars
          bars={ways.map(({ channel, share }) => ({
            key: channel,
            name: nameOf(channel),
            width: share / Math.max(top.share, 0.0001),
            value: formatPercent(share, locale),
          }))}
        />
      )}
    </>
  )
}
