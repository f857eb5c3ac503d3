import type { ReactNode } from 'react'
import { usePageTitle } from '../../../web/ui/use-page-title.ts'
import classes from './entry.module.css'

/** The heading of a page before the sign-in: what this is, and in a sentence what to do. */
export function EntryHeading({ title, children }: { title: string; children?: ReactNode }) {
  usePageTitle(title)
  return (
    <header className={classes.heading}>
      <h1>{title}</h1>
      {children && <p>{children}</p>}
    </header>
  )
}
