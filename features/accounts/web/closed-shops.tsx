import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { type ShopAccess, useSession } from '../../../web/session.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import forms from './forms.module.css'
import { useRefresh } from './use-refresh.ts'

/** The closed shops that the member owns, each to be opened again; nothing when there are none. */
export function ClosedShops() {
  const { archivedShops } = useSession()
  if (archivedShops.length === 0) return null
  return (
    <ul className={forms.rows}>
      {archivedShops.map((shop) => (
        <ClosedShop key={shop.id} shop={shop} />
      ))}
    </ul>
  )
}

function ClosedShop({ shop }: { shop: ShopAccess }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const router = useRouter()
  const { run, isRunning, error } = useAction(async () => {
    await api.post(`/shops/${shop.id}/restore`)
    await refresh(t('shops.reopened'))
    router.history.push(`/s/${shop.id}`)
  })
  return (
    <li className={forms.row}>
      <div className={forms.grow}>
        <span className={forms.name}>{shop.name}</span> <Badge>{t('shops.closed')}</Badge>
        <FormError error={error} />
      </div>
      <Button variant="default" size="xs" loading={isRunning} onClick={() => run()}>
        {t('shops.reopen')}
      </Button>
    </li>
  )
}
