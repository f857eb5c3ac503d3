import { use, useEffect } from 'react'
import { ShopContext } from '../shop-context.tsx'

/** Names the page in the browser's tab and history: «Люди · Липа · Tropa». */
export function usePageTitle(title: string): void {
  const shop = use(ShopContext)
  useEffect(() => {
    document.title = [title, shop?.name, 'Tropa'].filter(Boolean).join(' · ')
  }, [title, shop?.name])
}
