import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import type { ImportView } from '../contract.ts'
import classes from './import-page.module.css'
import { useDurationWords } from './import-words.ts'
import { importPaths } from './imports-api.ts'
import { mayImport } from './may-import.ts'

type ImportProgressProps = { view: ImportView; refresh: () => Promise<void> }

/** How far a running import is, what it has brought so far, and the way to stop it. */
export function ImportProgressSection({ view, refresh }: ImportProgressProps) {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const cancel = async () => {
    await api.post(importPaths(shop.id).cancel(view.id))
    await refresh()
  }
  return (
    <>
      <Section
        title={t('progress.title')}
        hint={t('progress.hint')}
        actions={
          mayImport(shop.role) && (
            <ConfirmButton
              label={t('progress.cancel')}
              title={t('progress.cancelTitle')}
              consequence={t('progress.cancelConsequence')}
              confirmLabel={t('progress.cancelConfirm')}
              onConfirm={cancel}
            />
          )
        }
      >
        <ProgressBar
          label={t('progress.title')}
          value={isCounting(view) ? view.share : null}
          text={<HowFar view={view} />}
          tone={view.isWaiting ? 'even' : 'won'}
        />
        {view.isWaiting && (
          <p role="status" className={classes.waiting}>
            {t('progress.storeAway')}
          </p>
        )}
      </Section>
      <Stats>
        <Stat label={t('count.rows')} value={<Num value={view.rows} />} />
        <Stat
          label={t('count.recorded')}
          value={<Num value={view.recorded} />}
          definition={t('count.recordedWhat')}
          tone="won"
        />
        <Stat
          label={t('count.duplicates')}
          value={<Num value={view.duplicates} />}
          definition={t('count.duplicatesWhat')}
        />
        <Stat
          label={t('count.bad')}
          value={<Num value={view.bad} />}
          definition={t('count.badWhat')}
          tone={view.bad > 0 ? 'lost' : 'quiet'}
        />
      </Stats>
    </>
  )
}

/** Before the first row and after the last one nobody can say how much is left. */
const isCounting = ({ state, rows, share }: ImportView) => state === 'running' && rows > 0 && share < 1

function HowFar({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const locale = useLocale()
  const durationOf = useDurationWords()
  if (view.state === 'waiting') return t('progress.queued')
  if (view.rows === 0) return t('progress.preparing')
  if (view.share >= 1) return t('progress.settling')
  const parts = [t('progress.rows', { count: view.rows })]
  if (view.rowsPerSecond !== null && !view.isWaiting)
    parts.push(t('progress.pace', { rows: formatNumber(Math.round(view.rowsPerSecond), locale) }))
  if (view.secondsLeft !== null && !view.isWaiting)
    parts.push(t('progress.left', { time: durationOf(view.secondsLeft) }))
  return parts.join(' · ')
}
