import { Button } from '@mantine/core'
import { useTranslation } from '../use-translation.ts'
import { CopyField } from './copy-field.tsx'
import classes from './secret-once.module.css'

type SecretOnceProps = { label: string; secret: string; onDone: () => void }

/** A key or token that the server shows only now: says so, and goes away when the member says it is kept. */
export function SecretOnce({ label, secret, onDone }: SecretOnceProps) {
  const { t } = useTranslation('ui')
  return (
    <div className={classes.secret} data-tone="even" role="status">
      <CopyField label={label} value={secret} />
      <p>{t('secret.once')}</p>
      <Button size="sm" onClick={onDone}>
        {t('secret.done')}
      </Button>
    </div>
  )
}
