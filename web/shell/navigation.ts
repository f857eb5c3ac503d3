import { IconActivity, IconFileImport, IconMoodSmile, IconPackage, IconSettings } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Role } from '../session.ts'

const everyone: readonly Role[] = ['owner', 'marketer', 'operator', 'viewer']
const owners: readonly Role[] = ['owner']
const ownersAndMarketers: readonly Role[] = ['owner', 'marketer']

export type NavIcon = ComponentType<{ size?: number | string; stroke?: number | string }>

/**
 * The rooms of the shop in the order in which they are shown; the first four stand in the phone's bottom bar.
 * `key` names the label in the `shell` words. Hiding an entry spares a member a refusal; it is the server that refuses.
 */
export const navigation = [
  { key: 'people', to: '/s/$shop/people', icon: IconMoodSmile, roles: everyone },
  { key: 'orders', to: '/s/$shop/orders', icon: IconPackage, roles: everyone },
  { key: 'debugger', to: '/s/$shop/debugger', icon: IconActivity, roles: ownersAndMarketers },
  { key: 'imports', to: '/s/$shop/imports', icon: IconFileImport, roles: ownersAndMarketers },
  { key: 'settings', to: '/s/$shop/settings', icon: IconSettings, roles: everyone },
] as const satisfies { key: string; to: string; icon: NavIcon; roles: readonly Role[] }[]

export const settingsTabs = [
  { key: 'shop', to: '/s/$shop/settings/shop', roles: owners },
  { key: 'members', to: '/s/$shop/settings/members', roles: owners },
  { key: 'keys', to: '/s/$shop/settings/keys', roles: owners },
  { key: 'audit', to: '/s/$shop/settings/audit', roles: owners },
  { key: 'account', to: '/s/$shop/settings/account', roles: everyone },
] as const satisfies { key: string; to: string; roles: readonly Role[] }[]

/** What a member with this role is shown. */
export const visibleTo = <Entry extends { roles: readonly Role[] }>(
  role: Role,
  entries: readonly Entry[],
): Entry[] => entries.filter(({ roles }) => roles.includes(role))
