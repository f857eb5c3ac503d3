import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import forms from './forms.module.css'
import { NewPasswordField, PasswordField } from './password-field.tsx'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

/** Changing the password; every other session ends with it. */
export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const form = useForm({ initialValues: { current: '', next: '' } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    await api.post('/account/password', { body: values })
    form.reset()
    await refresh(t('account.passwordChanged'))
  })
  return (
    <Section title={t('account.password')} hint={t('account.passwordWhy')}>
      <form
        className={`${forms.form} ${forms.narrow}`}
        onSubmit={form.onSubmit((values) => void run(values))}
      >
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField label={t('account.current')} {...form.getInputProps('current')} />
        <NewPasswordField label={t('account.next')} {...form.getInputProps('next')} />
        <FormError error={error} />
        <div className={forms.buttons}>
          <Button type="submit" loading={isRunning}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
