import type { Role } from '../session.ts'

const everyone: readonly Role[] = ['owner', 'marketer', 'operator', 'viewer']
const owners: readonly Role[] = ['owner']
const ownersAndMarketers: readonly Role[] = ['owner', 'marketer']

/**
 * The rooms of the shop in the order in which they are shown; the first four stand in the phone's bottom bar.
 * `key` names the label in the `shell` words and the icon in room-icon.tsx. Hiding an entry spares a member a refusal; it is the server that refuses.
 */
export const navigation = [
  { key: 'today', to: '/s/$shop/today', roles: everyone },
  { key: 'map', to: '/s/$shop/map', roles: everyone },
  { key: 'people', to: '/s/$shop/people', roles: everyone },
  { key: 'orders', to: '/s/$shop/orders', roles: everyone },
  { key: 'touchpoints', to: '/s/$shop/touchpoints', roles: everyone },
  { key: 'segments', to: '/s/$shop/segments', roles: everyone },
  { key: 'reports', to: '/s/$shop/reports', roles: everyone },
  { key: 'decisions', to: '/s/$shop/decisions', roles: everyone },
  { key: 'reviews', to: '/s/$shop/reviews', roles: everyone },
  { key: 'debugger', to: '/s/$shop/debugger', roles: ownersAndMarketers },
  { key: 'imports', to: '/s/$shop/imports', roles: ownersAndMarketers },
  { key: 'start', to: '/s/$shop/start', roles: ownersAndMarketers },
  { key: 'settings', to: '/s/$shop/settings', roles: everyone },
] as const satisfies { key: string; to: string; roles: readonly Role[] }[]

export const settingsTabs = [
  { key: 'shop', to: '/s/$shop/settings/shop', roles: owners },
  { key: 'members', to: '/s/$shop/settings/members', roles: everyone },
  { key: 'keys', to: '/s/$shop/settings/keys', roles: ownersAndMarketers },
  { key: 'start', to: '/s/$shop/start', roles: ownersAndMarketers },
  { key: 'hours', to: '/s/$shop/settings/hours', roles: ownersAndMarketers },
  { key: 'audit', to: '/s/$shop/settings/audit', roles: owners },
  { key: 'account', to: '/s/$shop/settings/account', roles: everyone },
] as const satisfies { key: string; to: string; roles: readonly Role[] }[]

/** What a member with this role is shown. */
export const visibleTo = <Entry extends { roles: readonly Role[] }>(
  role: Role,
  entries: readonly Entry[],
): Entry[] => entries.filter(({ roles }) => roles.includes(role))
