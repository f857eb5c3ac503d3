import { Outlet } from '@tanstack/react-router'
import { TrailMark } from '../ui/trail-mark.tsx'
import { useTranslation } from '../use-translation.ts'
import { ServerBanner } from './banners.tsx'
import classes from './entry-layout.module.css'
import { LanguageSwitcher } from './language-switcher.tsx'
import { PageProgress } from './page-progress.tsx'
import { PathPicture } from './path-picture.tsx'

/** The frame of the pages before the sign-in: what Tropa is on one side, the form on the other. */
export function EntryLayout() {
  const { t } = useTranslation('shell')
  return (
    <div className={classes.frame}>
      <PageProgress />
      <aside className={classes.picture}>
        <div className={classes.brand}>
          <TrailMark size={40} />
          <span>{t('brand')}</span>
        </div>
        <p className={classes.promise}>{t('promise')}</p>
        <PathPicture />
      </aside>
      <div className={classes.side}>
        <ServerBanner />
        <main className={classes.form}>
          <Outlet />
        </main>
        <footer className={classes.language}>
          <LanguageSwitcher />
        </footer>
      </div>
    </div>
  )
}
