import { useTranslation } from 'react-i18next'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Reclassification } from '../contract.ts'
import { useProgress } from './use-registry.ts'

/** The history follows the rules in force in the background; new events have gone by them from the start. */
export function ProgressBanner({ first }: { first: Reclassification }) {
  const { t } = useTranslation('touchpoints')
  const { state, months, events } = useProgress(first)
  if (state === 'done') return null
  const share = events.total > 0 ? events.done / events.total : null
  return (
    <Section>
      <ProgressBar
        label={t('progress.label')}
        value={share}
        tone={state === 'stuck' ? 'lost' : 'even'}
        text={t(`progress.${state}`, {
          months: months.done,
          monthsTotal: months.total,
          events: events.done,
          eventsTotal: events.total,
        })}
      />
    </Section>
  )
}
