import { IconAlertCircle } from '@tabler/icons-react'
import { type FieldIssue, fieldIssuesOf } from '../api-error.ts'
import { useTranslation } from '../use-translation.ts'
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

/**
 * The server's complaints by field name, for Mantine's forms: `form.setErrors(errorsByField(error))`. The words of a
 * rule stand in the `errors` words under `field`; a rule without words is at least pointed at.
 */
export function useFieldErrors(): (error: unknown) => Record<string, string> {
  const { t, i18n } = useTranslation('errors')
  const say = ({ rule, limit }: FieldIssue) => {
    const isKnown = i18n.exists(`errors:field.${rule}`, { count: limit })
    return t(`field.${isKnown ? rule : 'other'}`, { limit, count: limit })
  }
  return (error) => Object.fromEntries(fieldIssuesOf(error).map((issue) => [issue.field, say(issue)]))
}
