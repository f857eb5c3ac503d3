import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatDay, formatPercent, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import { Estimate } from '../../reports/web/parts.ts'
import type { FunnelAnswer, ReferenceFigure, Share } from '../contract.ts'
import classes from './funnel.module.css'
import type { OpenList } from './funnel-search.ts'
import { useReferences } from './use-funnel.ts'

type Open = (list: OpenList) => void
type Leaving = NonNullable<FunnelAnswer['leaving']>
type LeavingProps = { leaving: Leaving; other: Leaving | null | undefined; open: Open }

/** Left without buying, left in the cart; what others quote stands beside, for reference. */
export function FunnelLeaving({ leaving, other, open }: LeavingProps) {
  return (
    <Section>
      <Stats>
        <LeavingStat
          about="left_without_buying"
          share={leaving.withoutBuying}
          other={other?.withoutBuying}
          show={() => open({ step: 1, kind: 'left' })}
        />
        <LeavingStat
          about="left_in_cart"
          share={leaving.inCart}
          other={other?.inCart}
          show={() => open({ step: 1, kind: 'left', isCart: true })}
        />
      </Stats>
    </Section>
  )
}

type StatProps = {
  about: ReferenceFigure['about']
  share: Share | null
  other: Share | null | undefined
  show: () => void
}

function LeavingStat({ about, share, other, show }: StatProps) {
  const { t } = useTranslation('funnels')
  const say = useSayReference()
  const figures = useReferences().data?.items.filter((one) => one.about === about) ?? []
  return (
    <Stat
      label={t(`about.${about}`)}
      definition={t(`about.${about}_means`)}
      value={share ? <Estimate {...share} n={share.of} digits={1} /> : '–'}
      note={
        <>
          {other && (
            <div>
              {t('compare.otherWas')} <Estimate {...other} n={other.of} digits={1} />
            </div>
          )}
          {share && share.n > 0 && (
            <UnstyledButton className={classes.who} onClick={show}>
              {t('about.who', { n: share.n, of: share.of })}
            </UnstyledButton>
          )}
          {figures.map((figure) => (
            <div key={`${figure.share} ${figure.source}`}>{say(figure)}</div>
          ))}
        </>
      }
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
