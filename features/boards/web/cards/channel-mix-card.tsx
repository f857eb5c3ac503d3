import { formatPercent, useLocale } from '../../../../web/format.ts'
import { useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ChannelMix } from '../../../channel-mix/contract.ts'
import { Estimate, readReportSearch, toReportQuery, weightOf } from '../../../reports/web/parts.ts'
import type { CardProps } from '../card-kinds.ts'
import { Bars, Headline, Nothing, ReportCard } from './report-card.tsx'

/** Where customers ask before they order. */
export function ChannelMixCard({ search }: CardProps) {
  const query = toReportQuery(readReportSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<ChannelMix> path="channel-mix" query={query}>
      {({ groups }) => <Groups groups={groups} />}
    </ReportCard>
  )
}

function Groups({ groups }: { groups: ChannelMix['groups'] }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const none = groups.find(({ key }) => key === 'none')?.share
  const known = groups.flatMap(({ key, share }) =>
    share && weightOf(share.n) === 'number' ? [{ key, share }] : [],
  )
  if (!none || known.length === 0) return <Nothing />
  return (
    <>
      <Headline figure={<Estimate share={none.mean} low={none.low} high={none.high} n={none.n} />}>
        {t('card.channelMix')}
      </Headline>
      <Bars
        bars={known.map(({ key, share }) => ({
          key,
          name: t(`channel-mix:group.${key}`),
          width: share.mean,
          value: formatPercent(share.mean, locale),
        }))}
      />
    </>
  )
}
