import { useTranslation } from 'react-i18next'

/** Why a row could not be taken, in the reader's language; a reason without words goes by its own name. */
export function useReasonWords(): (reason: string) => string {
  const { t, i18n } = useTranslation('imports')
  return (reason) => (i18n.exists(`imports:reason.${reason}`) ? t(`reason.${reason}`) : reason)
}
