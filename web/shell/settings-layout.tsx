import { Button } from '@mantine/core'
import { Link, Outlet } from '@tanstack/react-router'
import { useShop } from '../shop-context.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useTranslation } from '../use-translation.ts'
import { settingsTabs, visibleTo } from './navigation.ts'

/** A page outside this frame is no tab: it would seem to close the settings. It stands beside the heading. */
const isBelow = (to: string) => to.startsWith('/s/$shop/settings/')

/** One heading and one row of tabs over all settings; each page below starts with its own `Section`. */
export function SettingsLayout() {
  const { t } = useTranslation('shell')
  const { id, role } = useShop()
  const params = { shop: String(id) }
  const entries = visibleTo(role, settingsTabs)
  const tabs = entries
    .filter(({ to }) => isBelow(to))
    .map(({ key, to }) => ({ label: t(`settings.${key}`), link: { to, params } }))
  const ways = entries.filter(({ to }) => !isBelow(to))
  return (
    <>
      <PageHeader
        title={t('nav.settings')}
        actions={ways.map(({ key, to }) => (
          <Button key={key} component={Link} to={to} params={params as never} variant="default">
            {t(`settings.${key}`)}
          </Button>
        ))}
      />
      <Tabs label={t('nav.settings')} tabs={tabs} />
      <Outlet />
    </>
  )
}
