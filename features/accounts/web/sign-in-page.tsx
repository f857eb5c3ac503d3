import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useEnter } from '../../../web/session.ts'
import { useAction } from '../../../web/ui/use-action.ts'
import type { SignInAnswer } from '../contract.ts'
import { CodeStep } from './code-step.tsx'
import classes from './entry.module.css'
import { EntryHeading } from './entry-heading.tsx'
import forms from './forms.module.css'
import { PasswordField } from './password-field.tsx'
import { SignInError } from './sign-in-error.tsx'

export function SignInPage() {
  const search = useSearch({ strict: false }) as { return?: string }
  const [challenge, setChallenge] = useState<string | null>(null)
  const enter = useEnter()
  const goOn = () => enter(search.return)
  if (challenge !== null)
    return <CodeStep challenge={challenge} onDone={goOn} onBack={() => setChallenge(null)} />
  return <PasswordStep onChallenge={setChallenge} onDone={goOn} />
}

type PasswordStepProps = { onChallenge: (challenge: string) => void; onDone: () => Promise<void> }

function PasswordStep({ onChallenge, onDone }: PasswordStepProps) {
  const { t } = useTranslation('accounts')
  const form = useForm({ initialValues: { email: '', password: '' } })
  const { run, isRunning, error } = useAction(async (values: typeof form.values) => {
    const answer = await api.post<SignInAnswer>('/auth/sign-in', { body: values })
    if (answer.challenge !== undefined) onChallenge(answer.challenge)
    else await onDone()
  })
  return (
    <>
      <EntryHeading title={t('signIn.title')} />
      <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.getInputProps('email')}
        />
        <PasswordField {...form.getInputProps('password')} />
        <SignInError error={error} wrong={t('signIn.wrong')} />
        <Button type="submit" size="md" loading={isRunning}>
          {t('signIn.submit')}
        </Button>
      </form>
      <details className={classes.note}>
        <summary>{t('signIn.forgot')}</summary>
        <p>{t('signIn.forgotHow')}</p>
        <p>
          <code>npx tropa owner-link --email {form.values.email || 'you@example.com'}</code>
        </p>
      </details>
    </>
  )
}
