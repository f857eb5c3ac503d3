import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { ShopSettings } from '../contract.ts'
import { EntryWait } from './entry-wait.tsx'
import { ShopForm } from './shop-form.tsx'
import { useRefresh } from './use-refresh.ts'

/** The settings of a shop, and closing it. For owners. */
export function ShopPage() {
  const { t } = useTranslation('accounts')
  const { id } = useShop()
  const path = `/shops/${id}`
  const settings = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ShopSettings>(path, { signal }),
  })
  return (
    <>
      <Section title={t('shop.title')}>
        {settings.isPending && <EntryWait />}
        {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
        {settings.data && <ShopForm key={id} path={path} settings={settings.data} />}
      </Section>
      <CloseShop />
    </>
  )
}

function CloseShop() {
  const { t } = useTranslation('accounts')
  const { id, name } = useShop()
  const refresh = useRefresh()
  const router = useRouter()
  return (
    <Section title={t('shop.close')} hint={t('shop.closeHint')}>
      <ConfirmButton
        label={t('shop.close')}
        title={t('shop.closeTitle', { shop: name })}
        consequence={t('shop.closeWhat')}
        confirmLabel={t('shop.closeYes')}
        typeToConfirm={name}
        onConfirm={async () => {
          await api.post(`/shops/${id}/archive`, { body: { name } })
          await refresh(t('shop.closed', { shop: name }))
          router.history.push('/')
        }}
      />
    </Section>
  )
}
