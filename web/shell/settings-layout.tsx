import { Outlet } from '@tanstack/react-router'
import { useShop } from '../shop-context.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useTranslation } from '../use-translation.ts'
import { settingsTabs, visibleTo } from './navigation.ts'

/** One heading and one row of tabs over all settings; each page below starts with its own `Section`. */
export function SettingsLayout() {
  const { t } = useTranslation('shell')
  const { id, role } = useShop()
  const tabs = visibleTo(role, settingsTabs).map(({ key, to }) => ({
    label: t(`settings.${key}`),
    link: { to, params: { shop: String(id) } },
  }))
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <Tabs label={t('nav.settings')} tabs={tabs} />
      <Outlet />
    </>
  )
}
