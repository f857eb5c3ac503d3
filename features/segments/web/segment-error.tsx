import { useTranslation } from 'react-i18next'
import { isApiError } from '../../../web/api-error.ts'
import { useErrorWords } from '../../../web/ui/error-words.ts'
import classes from './segments.module.css'

const REASONS = ['name_taken', 'cycle', 'changed_meanwhile', 'too_large', 'shop_full', 'gone'] as const

/** Why a segment couldn't be counted or saved, in the member's language where the room knows the reason. */
export function SegmentError({ error, intro }: { error: unknown; intro?: string }) {
  const { t } = useTranslation('segments')
  const { why, what } = useErrorWords(error)
  if (!error) return null
  const details = (isApiError(error) ? error.details : undefined) as Record<string, unknown> | undefined
  const reason = REASONS.find((one) => one === details?.reason)
  return (
    <p className={classes.sideError} role="alert">
      {intro} {reason ? t(`wrong.${reason}`, { name: String(details?.name ?? '') }) : `${why} ${what}`}
    </p>
  )
}
