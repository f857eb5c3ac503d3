import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../shop-context.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Tabs } from '../ui/tabs.tsx'
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
