import { useMediaQuery } from '@mantine/hooks'
import { Outlet, useLocation, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useSession } from '../session.ts'
import { ShopContext } from '../shop-context.tsx'
import { useTranslation } from '../use-translation.ts'
import { Banners } from './banners.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { PageProgress } from './page-progress.tsx'
import { Rail } from './rail.tsx'
import { ShopBar } from './shop-bar.tsx'
import classes from './shop-layout.module.css'

/** The frame of every page behind the sign-in: rail or bottom bar, banners, the shop's name, the page. */
export function ShopLayout() {
  const { t } = useTranslation('shell')
  const { shop: id } = useParams({ from: '/s/$shop' })
  const shop = useSession().shops.find((one) => String(one.id) === id)
  const main = useFocusOnNewPage()
  // Their styles hide one of them anyway; a dozen links that nobody sees need not be made.
  const isPhone = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  if (!shop) return null
  return (
    <ShopContext value={shop}>
      <a className={classes.skip} href="#main">
        {t('skip')}
      </a>
      <PageProgress />
      <div className={classes.frame}>
        {!isPhone && <Rail />}
        <div className={classes.column}>
          <Banners />
          <ShopBar />
          <main id="main" ref={main} tabIndex={-1} className={classes.main}>
            <Outlet />
          </main>
        </div>
      </div>
      {isPhone && <BottomBar />}
    </ShopContext>
  )
}

/** A new page starts at its top for the keyboard and the screen reader too, not where the old one was left. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
