import { useTranslation } from 'react-i18next'
import { Num, Percent } from '../../../web/ui/numbers.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import type { ArrivalCounts } from '../debugger-contract.ts'
import { HourBars } from './hour-bars.tsx'

/** What became of everything that arrived in the last two days. */
export function ArrivalFigures({ counts }: { counts: ArrivalCounts }) {
  const { t } = useTranslation('ingestion')
  const sum = (of: 'accepted' | 'duplicate' | 'rejected') =>
    counts.hours.reduce((total, hour) => total + hour[of], 0)
  const [accepted, duplicate, rejected] = [sum('accepted'), sum('duplicate'), sum('rejected')]
  const all = accepted + duplicate + rejected
  if (all === 0) return null
  return (
    <Stats>
      <Stat
        label={t('figure.accepted')}
        value={<Num value={accepted} />}
        definition={t('definition.accepted')}
        note={<HourBars hours={counts.hours} of="accepted" />}
      />
      <Stat
        label={t('figure.duplicate')}
        value={<Num value={duplicate} />}
        definition={t('definition.duplicate')}
        note={<HourBars hours={counts.hours} of="duplicate" />}
      />
      <Stat
        label={t('figure.rejected')}
        value={<Num value={rejected} />}
        tone={rejected > 0 ? 'lost' : undefined}
        definition={t('definition.rejected')}
        note={
          <>
            <Percent value={rejected / all} digits={1} /> {t('figure.ofAll')}
            <HourBars hours={counts.hours} of="rejected" />
          </>
        }
      />
    </Stats>
  )
}
