import type { ReactNode } from 'react'
import classes from './banners.module.css'

type BannerProps = { tone: 'lost' | 'even'; icon: ReactNode; children: ReactNode }

/** One line over all pages: what it is about, and what can be done. */
export function Banner({ tone, icon, children }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone}>
      {icon}
      <span>{children}</span>
    </div>
  )
}
