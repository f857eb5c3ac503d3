import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../web/ui/tone.ts'
import { type ImportState, type ImportView, tablePresets } from '../contract.ts'

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

/** What an import is called: a table by its files, a known data set by its own name; and the other of the two. */
export function useImportName(): (view: Pick<ImportView, 'files' | 'preset'>) => {
  name: string
  what: string
} {
  const { t } = useTranslation('imports')
  const filesOf = useFileWords()
  return ({ files, preset }) => {
    const [words, kind] = [filesOf(files), t(`presets.${preset}.name`)]
    const isTable = tablePresets.some((one) => one === preset)
    return isTable ? { name: words, what: kind } : { name: kind, what: words }
  }
}

/** Files as a line: the first by name, the others by number. */
function useFileWords(): (files: ImportView['files']) => string {
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
