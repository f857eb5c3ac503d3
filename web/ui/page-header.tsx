import type { ReactNode } from 'react'
import classes from './page-header.module.css'
import { usePageTitle } from './use-page-title.ts'

export type PageHeaderProps = {
  title: string
  /** A line of facts under the title: period, counts, age of the data. */
  subtitle?: ReactNode
  /** A link to where this page was opened from. */
  back?: ReactNode
  actions?: ReactNode
}

/** The one `h1` of a page; also names it in the browser's tab. */
export function PageHeader({ title, subtitle, back, actions }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back && <div className={classes.back}>{back}</div>}
        <h1>{title}</h1>
        {subtitle && <div className={classes.subtitle}>{subtitle}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}
