import { IconAlertCircle } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { fieldIssuesOf } from '../api-error.ts'
import { useErrorWords } from './error-words.ts'
import classes from './form-error.module.css'

/** Why the form didn't go through, said at once by screen readers. Stands right above the buttons. */
export function FormError({ error }: { error: unknown }) {
  const { why, what } = useErrorWords(error)
  if (!error) return null
  return (
    <div className={classes.error} role="alert" data-tone="lost">
      <IconAlertCircle size={18} aria-hidden="true" />
      <span>
        {why} {what}
      </span>
    </div>
  )
}

const rules = [
  'required',
  'minLength',
  'maxLength',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'enum',
  'type',
]

/** The server's complaints by field name, ready for Mantine's `form.setErrors`; each says what would be right. */
export function fieldErrors(error: unknown, t: TFunction<'errors'>): Record<string, string> {
  return Object.fromEntries(
    fieldIssuesOf(error).map(({ field, rule, limit }) => {
      const known = rules.includes(rule) && (limit !== undefined || !rule.startsWith('m')) ? rule : 'other'
      return [field, t(`field.${known}`, { limit, count: limit })]
    }),
  )
}

/** `const errorsByField = useFieldErrors()` → `form.setErrors(errorsByField(error))`. */
export function useFieldErrors(): (error: unknown) => Record<string, string> {
  const { t } = useTranslation('errors')
  return (error) => fieldErrors(error, t)
}
