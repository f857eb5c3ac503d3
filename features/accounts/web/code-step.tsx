import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useAction } from '../../../web/ui/use-action.ts'
import classes from './entry.module.css'
import { EntryHeading } from './entry-heading.tsx'
import forms from './forms.module.css'
import { SignInError } from './sign-in-error.tsx'

type CodeStepProps = { challenge: string; onDone: () => Promise<void>; onBack: () => void }

/** The second step of the sign-in: a code of the authenticator, or one of the recovery codes. */
export function CodeStep({ challenge, onDone, onBack }: CodeStepProps) {
  const { t } = useTranslation('accounts')
  const [code, setCode] = useState('')
  const { run, isRunning, error } = useAction(async () => {
    await api.post('/auth/second-factor', { body: { challenge, code } })
    await onDone()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run()
  }
  return (
    <>
      <EntryHeading title={t('code.title')}>{t('code.hint')}</EntryHeading>
      <form className={forms.form} onSubmit={submit}>
        <TextInput
          label={t('code.label')}
          className={classes.code}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="text"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
        />
        <SignInError error={error} wrong={t('code.wrong')} />
        <Button type="submit" size="md" loading={isRunning}>
          {t('signIn.submit')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('code.back')}
        </Button>
      </form>
      <p className={classes.note}>{t('code.lost')}</p>
    </>
  )
}
