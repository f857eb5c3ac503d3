import { useTranslation } from 'react-i18next'
import { formatDay, formatPercent, useLocale } from '../../../web/format.ts'
import { Percent } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import type { FunnelAnswer, ReferenceFigure, Share } from '../contract.ts'
import { useReferences } from './use-funnel.ts'

/** Left without buying, left in the cart; what others quote stands beside, for reference. */
export function FunnelLeaving({ leaving }: { leaving: NonNullable<FunnelAnswer['leaving']> }) {
  return (
    <Section>
      <Stats>
        <Leaving about="left_without_buying" share={leaving.withoutBuying} />
        <Leaving about="left_in_cart" share={leaving.inCart} />
      </Stats>
    </Section>
  )
}

function Leaving({ about, share }: { about: ReferenceFigure['about']; share: Share | null }) {
  const { t } = useTranslation('funnels')
  const say = useSayReference()
  const figures = useReferences().data?.items.filter((one) => one.about === about) ?? []
  return (
    <Stat
      label={t(`about.${about}`)}
      definition={t(`about.${about}_means`)}
      value={<Percent value={share?.share} low={share?.low ?? undefined} high={share?.high ?? undefined} />}
      note={figures.map((figure) => <div key={`${figure.share} ${figure.source}`}>{say(figure)}</div>)}
    />
  )
}

/** «Для справки: 96 %, источник не найден». */
export function useSayReference() {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  return ({ share, source, date }: ReferenceFigure) => {
    const value = formatPercent(share, locale)
    if (source === '') return t('reference.unsourced', { value })
    return date === null
      ? t('reference.undated', { value, source })
      : t('reference.sourced', { value, source, date: formatDay(date, locale) })
  }
}
