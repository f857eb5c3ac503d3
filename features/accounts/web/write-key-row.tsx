import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { CopyField } from '../../../web/ui/copy-field.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { WriteKey } from '../contract.ts'
import forms from './forms.module.css'
import { useRefresh } from './use-refresh.ts'

type WriteKeyRowProps = { writeKey: WriteKey; shop: number; isOnly: boolean }

/** One key: to copy, to switch, to replace (the old one goes on for a day), to revoke. */
export function WriteKeyRow({ writeKey, shop, isOnly }: WriteKeyRowProps) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const { id, key, enabled, endsAt } = writeKey
  const path = `/shops/${shop}/keys/${id}`
  const toggle = useAction(async () => {
    await api.patch(path, { body: { enabled: !enabled } })
    await refresh()
  })
  const replace = useAction(async () => {
    await api.post(`${path}/replace`)
    await refresh(t('keys.replaced'))
  })
  return (
    <li className={`${forms.row} ${forms.onFields}`}>
      <div className={forms.grow}>
        {endsAt !== null && (
          <p className={forms.quiet}>
            {t('keys.until')} <DateTime at={endsAt} show="date-time" />
          </p>
        )}
        <CopyField label={t('keys.writeKey')} value={key} />
        <FormError error={toggle.error ?? replace.error} />
      </div>
      <div className={forms.buttons}>
        {!enabled && <Badge tone="even">{t('keys.off')}</Badge>}
        <Button variant="subtle" size="xs" loading={toggle.isRunning} onClick={() => toggle.run()}>
          {t(enabled ? 'keys.switchOff' : 'keys.switchOn')}
        </Button>
        {endsAt === null && (
          <Button variant="subtle" size="xs" loading={replace.isRunning} onClick={() => replace.run()}>
            {t('keys.replace')}
          </Button>
        )}
        <ConfirmButton
          label={t('keys.revoke')}
          title={t('keys.revokeTitle', { key: `…${key.slice(-4)}` })}
          consequence={t(isOnly ? 'keys.revokeLast' : 'keys.revokeWhat')}
          confirmLabel={t('keys.revoke')}
          buttonProps={{ size: 'xs', variant: 'subtle' }}
          onConfirm={async () => {
            await api.del(path)
            await refresh()
          }}
        />
      </div>
    </li>
  )
}
