import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../../web/ui/copy-button.tsx'
import classes from './enrolment.module.css'
import forms from './forms.module.css'

/** Codes for when the phone is lost: shown once, to be printed or kept safe. */
export function RecoveryCodeList({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('accounts')
  return (
    <div className={forms.form} role="status">
      <p>{t('twoFactor.codes')}</p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={forms.buttons}>
        <Button onClick={onDone}>{t('twoFactor.kept')}</Button>
        <CopyButton text={codes.join('\n')} />
      </div>
    </div>
  )
}
