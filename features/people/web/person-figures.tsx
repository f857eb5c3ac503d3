import { useTranslation } from 'react-i18next'
import { Num, Percent } from '../../../web/ui/numbers.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import type { PersonDetail } from '../contract.ts'

/** What came of it so far. Of one person a share is told as "2 of 3" first: three orders are no statistics. */
export function PersonFigures({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const { orders, boughtOut, ended, judged, late } = person.orders
  return (
    <Stats>
      <Stat label={t('figure.orders')} value={<Num value={orders} />} />
      {orders > 0 && (
        <Stat
          label={t('figure.buyOut')}
          definition={t('definition.buyOut')}
          value={ended === 0 ? '–' : <span className="num">{t('outOf', { k: boughtOut, n: ended })}</span>}
          note={ended === 0 ? t('figure.none') : <Percent value={boughtOut / ended} />}
          tone={ended === 0 ? undefined : boughtOut === ended ? 'won' : boughtOut === 0 ? 'lost' : 'even'}
        />
      )}
      {judged > 0 && (
        <Stat
          label={t('figure.late')}
          definition={t('definition.late')}
          value={<span className="num">{t('outOf', { k: late, n: judged })}</span>}
          tone={late > 0 ? 'lost' : 'won'}
        />
      )}
      <Stat
        label={t('figure.events')}
        definition={t('definition.events')}
        value={<Num value={person.events} />}
      />
    </Stats>
  )
}
