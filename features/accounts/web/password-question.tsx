import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../../web/ui/form-error.tsx'
import forms from './forms.module.css'
import { PasswordField } from './password-field.tsx'
import { useFormAction } from './use-form-action.ts'

type PasswordQuestionProps = {
  submit: string
  hint?: string
  send: (body: { password: string }) => Promise<unknown>
  close: () => void
}

/** Asks for the password once more: the screen may have been found unlocked. */
export function PasswordQuestion({ submit, hint, send, close }: PasswordQuestionProps) {
  const { t } = useTranslation('accounts')
  const form = useForm({ initialValues: { password: '' } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    await send(values)
    close()
  })
  return (
    <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
      {hint !== undefined && <p>{hint}</p>}
      <PasswordField label={t('account.current')} data-autofocus {...form.getInputProps('password')} />
      <FormError error={error} />
      <div className={`${forms.buttons} ${forms.end}`}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
