import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { Tabs } from '../../../web/ui/tabs.tsx'

/** The two pages that say what the path is made of. */
export function PathTabs() {
  const { t } = useTranslation('touchpoints')
  const params = { shop: String(useShop().id) }
  return (
    <Tabs
      label={t('tabs.label')}
      tabs={[
        { label: t('title'), link: { to: '/s/$shop/touchpoints', params } as never },
        { label: t('scenarios.title'), link: { to: '/s/$shop/scenarios', params } as never },
      ]}
    />
  )
}
