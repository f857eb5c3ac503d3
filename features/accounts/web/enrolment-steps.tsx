import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { CopyField } from '../../../web/ui/copy-field.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { Enrolment, RecoveryCodes } from '../contract.ts'
import classes from './enrolment.module.css'
import forms from './forms.module.css'
import { useFormAction } from './use-form-action.ts'

type EnrolmentStepsProps = {
  enrolment: Enrolment
  onConfirmed: (codes: string[]) => Promise<void>
  onCancel: () => void
}

/** The picture for the authenticator application, and the first code back. */
export function EnrolmentSteps({ enrolment, onConfirmed, onCancel }: EnrolmentStepsProps) {
  const { t } = useTranslation('accounts')
  const form = useForm({ initialValues: { code: '' } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const { codes } = await api.post<RecoveryCodes>('/account/two-factor/confirm', { body: values })
    await onConfirmed(codes)
  })
  const { qr, secret } = enrolment
  return (
    <div className={classes.steps}>
      <QrCode {...qr} />
      <div className={forms.form}>
        <p>{t('twoFactor.scan')}</p>
        <CopyField label={t('twoFactor.byHand')} value={secret.replace(/(.{4})(?=.)/g, '$1 ')} />
        <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
          <TextInput
            label={t('twoFactor.firstCode')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            {...form.getInputProps('code')}
          />
          <FormError error={error} />
          <div className={forms.buttons}>
            <Button type="submit" loading={isRunning}>
              {t('twoFactor.confirm')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      </div>
    </div>
  )
}

const QUIET_ZONE = 4

/** Dark on light in both themes: cameras want it so. */
function QrCode({ size, path }: Enrolment['qr']) {
  const { t } = useTranslation('accounts')
  const whole = size + 2 * QUIET_ZONE
  return (
    <svg
      className={classes.qr}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${whole} ${whole}`}
      role="img"
      aria-label={t('twoFactor.qr')}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  )
}
