import { useTranslation } from 'react-i18next'
import type { Evidence, PersonIdentity } from '../contract.ts'

const MAX_SHOWN = 24

/** Why we think that an identity is the person's, in a sentence. */
export function useEvidenceWords() {
  const { t, i18n } = useTranslation('people')

  const eventName = (event: string) => {
    if (i18n.exists(`people:event.${event}`)) return t(`event.${event}`)
    return i18n.exists(`people:step.${event}`) ? t(`step.${event}`) : event
  }

  /** Ids of browsers are long and say nothing; their beginning is enough to tell two apart. */
  const short = (kind: string, value: string) =>
    kind === 'anonymous' && value.length > MAX_SHOWN ? `${value.slice(0, 8)}…` : value

  const nameOf = ({ kind, value }: { kind: string; value: string }) =>
    kind === 'anonymous' ? `${t('who.anonymous')} ${short(kind, value)}` : value

  function whyOf({ kind, evidence }: Pick<PersonIdentity, 'kind' | 'evidence'>): string {
    const { rule, event, with: beside } = evidence
    if (!beside) return t('evidence.sight', { event: eventName(event) })
    const other = nameOf(beside)
    if (rule === 'identify')
      return t(kind === 'anonymous' ? 'evidence.browser' : 'evidence.given', { with: other })
    if (rule === 'alias' || rule === 'order') return t(`evidence.${rule}`, { with: other })
    return t('evidence.event', { with: other, event: eventName(event) })
  }

  /** What two persons were both seen with. */
  function meetingOf({ via, event }: Evidence): string {
    return via
      ? t('meet.text', {
          what: t(`who.${via.kind}`),
          value: short(via.kind, via.value),
          event: eventName(event),
        })
      : ''
  }

  return { eventName, short, whyOf, meetingOf }
}
