import { lazy, Suspense } from 'react'
import { useSession } from '../session.ts'
import { useShop } from '../shop-context.tsx'
import classes from './shop-bar.module.css'

const ShopSwitcher = lazy(() =>
  import('./shop-switcher.tsx').then(({ ShopSwitcher }) => ({ default: ShopSwitcher })),
)

/** Whose pages these are. With several shops, also the way to the others. */
export function ShopBar() {
  const { shops } = useSession()
  return (
    <section className={classes.bar} aria-label={useShop().name}>
      {shops.length > 1 ? (
        <Suspense fallback={<ShopName />}>
          <ShopSwitcher />
        </Suspense>
      ) : (
        <ShopName />
      )}
    </section>
  )
}

function ShopName() {
  return <span className={classes.name}>{useShop().name}</span>
}
