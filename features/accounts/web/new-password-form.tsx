import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useEnter } from '../../../web/session.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { SignInAnswer } from '../contract.ts'
import { EntryHeading } from './entry-heading.tsx'
import forms from './forms.module.css'
import { NewPasswordField } from './password-field.tsx'
import { useFormAction } from './use-form-action.ts'

/** For who forgot their password; with a second step on, the sign-in still asks for its code. */
export function NewPasswordForm({ token, email }: { token: string; email: string }) {
  const { t } = useTranslation('accounts')
  const enter = useEnter()
  const router = useRouter()
  const form = useForm({ initialValues: { password: '' } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const { status } = await api.post<SignInAnswer>(`/welcome/${token}/password`, { body: values })
    if (status === 'signed_in') await enter('/')
    else router.history.push('/sign-in')
  })
  return (
    <>
      <EntryHeading title={t('newPassword.title')}>{t('newPassword.hint', { email })}</EntryHeading>
      <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
        {/* Password managers want to know whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField {...form.getInputProps('password')} autoFocus />
        <FormError error={error} />
        <Button type="submit" size="md" loading={isRunning}>
          {t('newPassword.submit')}
        </Button>
      </form>
    </>
  )
}
