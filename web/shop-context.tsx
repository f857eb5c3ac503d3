import { createContext, use } from 'react'
import type { ShopAccess } from './session.ts'

export const ShopContext = createContext<ShopAccess | null>(null)

/** The shop whose pages are open: id, name, currency, time zone and the member's role in it. */
export function useShop(): ShopAccess {
  const shop = use(ShopContext)
  if (!shop) throw new Error('useShop belongs on pages under /s/$shop')
  return shop
}

/** The zone in which times are shown: the shop's, or the browser's on pages that belong to no shop. */
export function useTimeZone(): string {
  return use(ShopContext)?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
