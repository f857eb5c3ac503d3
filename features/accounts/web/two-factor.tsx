import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Account, Enrolment, RecoveryCodes } from '../contract.ts'
import { DialogButton } from './dialog-button.tsx'
import { EnrolmentSteps } from './enrolment-steps.tsx'
import forms from './forms.module.css'
import { PasswordQuestion } from './password-question.tsx'
import { RecoveryCodeList } from './recovery-code-list.tsx'
import { useRefresh } from './use-refresh.ts'

/** The second step of the sign-in: turning it on, new recovery codes, turning it off. */
export function TwoFactor({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const confirmed = async (made: string[]) => {
    setEnrolment(null)
    setCodes(made)
    await refresh(t('twoFactor.turnedOn'))
  }
  const state = (
    <Badge tone={account.twoFactor ? 'won' : 'quiet'}>
      {t(account.twoFactor ? 'members.on' : 'members.off')}
    </Badge>
  )
  return (
    <Section title={t('twoFactor.title')} hint={t('twoFactor.hint')} actions={state}>
      {codes !== null && <RecoveryCodeList codes={codes} onDone={() => setCodes(null)} />}
      {enrolment !== null && (
        <EnrolmentSteps enrolment={enrolment} onConfirmed={confirmed} onCancel={() => setEnrolment(null)} />
      )}
      {codes === null && enrolment === null && (
        <div className={forms.form}>
          {account.twoFactor && (
            <p className={forms.quiet}>{t('twoFactor.left', { count: account.recoveryCodesLeft })}</p>
          )}
          <div className={forms.buttons}>
            {account.twoFactor ? <WhenOn onCodes={setCodes} /> : <WhenOff onEnrolment={setEnrolment} />}
          </div>
        </div>
      )}
    </Section>
  )
}

function WhenOff({ onEnrolment }: { onEnrolment: (enrolment: Enrolment) => void }) {
  const { t } = useTranslation('accounts')
  return (
    <DialogButton label={t('twoFactor.turnOn')} title={t('twoFactor.title')}>
      {(close) => (
        <PasswordQuestion
          submit={t('twoFactor.goOn')}
          close={close}
          send={async (body) => onEnrolment(await api.post<Enrolment>('/account/two-factor', { body }))}
        />
      )}
    </DialogButton>
  )
}

function WhenOn({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const renew = async (body: { password: string }) => {
    const { codes } = await api.post<RecoveryCodes>('/account/two-factor/recovery-codes', { body })
    onCodes(codes)
    await refresh()
  }
  const turnOff = async (body: { password: string }) => {
    await api.post('/account/two-factor/disable', { body })
    notifyDone(t('twoFactor.turnedOff'))
    await refresh()
  }
  return (
    <>
      <DialogButton
        label={t('twoFactor.renew')}
        title={t('twoFactor.renew')}
        buttonProps={{ variant: 'default' }}
      >
        {(close) => (
          <PasswordQuestion
            submit={t('twoFactor.renew')}
            close={close}
            send={renew}
            hint={t('twoFactor.renewWhat')}
          />
        )}
      </DialogButton>
      <DialogButton
        label={t('twoFactor.turnOff')}
        title={t('twoFactor.turnOff')}
        buttonProps={{ variant: 'outline', color: 'lost' }}
      >
        {(close) => (
          <PasswordQuestion
            submit={t('twoFactor.turnOff')}
            close={close}
            send={turnOff}
            hint={t('twoFactor.turnOffWhat')}
          />
        )}
      </DialogButton>
    </>
  )
}
