import { useTranslation } from 'react-i18next'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Reclassification } from '../contract.ts'
import classes from './progress-banner.module.css'
import { useProgress } from './use-registry.ts'

/** What needs no explanation; any other problem is told in the store's own words. */
const STORE_AWAY = 'store_away'

/** The history follows the rules in force in the background; new events have gone by them from the start. */
export function ProgressBanner({ first }: { first: Reclassification }) {
  const { t } = useTranslation('touchpoints')
  const { state, months, events, problem } = useProgress(first)
  if (state === 'done') return null
  const share = events.total > 0 ? events.done / events.total : null
  return (
    <Section>
      <ProgressBar
        label={t('progress.label')}
        value={share}
        tone={state === 'stuck' ? 'lost' : 'even'}
        text={t(problem === null || problem === STORE_AWAY ? `progress.${state}` : 'progress.refused', {
          months: months.done,
          monthsTotal: months.total,
          events: events.done,
          eventsTotal: events.total,
        })}
      />
      {problem !== null && problem !== STORE_AWAY && <p className={classes.problem}>{problem}</p>}
    </Section>
  )
}
