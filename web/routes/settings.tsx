import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { settingsTabs } from '../shell/navigation.ts'
import { loadSession, page, shop } from './root.tsx'

const SettingsLayout = lazyRouteComponent(() => import('../shell/settings-layout.tsx'), 'SettingsLayout')

const settings = createRoute({
  getParentRoute: () => shop,
  path: 'settings',
  component: SettingsLayout,
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: async ({ params, ...match }) => {
    const role = (await loadSession(match)).shops.find(({ id }) => String(id) === params.shop)?.role
    const [first] = settingsTabs.filter(({ roles }) => role && roles.includes(role))
    throw redirect({ to: first?.to ?? '/s/$shop/settings/account', params, replace: true })
  },
})
const settingsShop = createRoute({
  getParentRoute: () => settings,
  path: 'shop',
  component: page('accounts', 'shop'),
})
const settingsMembers = createRoute({
  getParentRoute: () => settings,
  path: 'members',
  component: page('accounts', 'members'),
})
const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: 'keys',
  component: page('accounts', 'keys'),
})
const settingsHours = createRoute({
  getParentRoute: () => settings,
  path: 'hours',
  component: page('standards', 'hours'),
})
const settingsAudit = createRoute({
  getParentRoute: () => settings,
  path: 'audit',
  component: page('accounts', 'audit'),
})
const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: 'account',
  component: page('accounts', 'account'),
})

/** The settings of the shop and of the member. */
export const settingsRoutes = settings.addChildren([
  settingsHome,
  settingsShop,
  settingsMembers,
  settingsKeys,
  settingsHours,
  settingsAudit,
  settingsAccount,
])
