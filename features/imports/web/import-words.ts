import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../web/ui/tone.ts'
import type { ImportState, ImportView } from '../contract.ts'

export const stateTones: Record<ImportState, Tone> = {
  waiting: 'quiet',
  running: 'even',
  done: 'won',
  failed: 'lost',
  cancelled: 'quiet',
}

/** Whether it may still change by itself. */
export const isActive = ({ state }: Pick<ImportView, 'state'>): boolean =>
  state === 'waiting' || state === 'running'

/** Files as a line: the first by name, the others by number. */
export function useFileWords(): (files: ImportView['files']) => string {
  const { t } = useTranslation('imports')
  return ([first, ...others]) =>
    others.length === 0 ? (first?.name ?? '') : t('list.files', { file: first?.name, count: others.length })
}

/** How long, in words that suit the length: "12 seconds", "3 minutes". */
export function useDurationWords(): (seconds: number) => string {
  const { t } = useTranslation('imports')
  return (seconds) =>
    seconds < 90
      ? t('duration.seconds', { count: Math.max(1, Math.round(seconds)) })
      : t('duration.minutes', { count: Math.round(seconds / 60) })
}
