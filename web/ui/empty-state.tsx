import type { ReactNode } from 'react'
import { SmallTrail } from './small-trail.tsx'
import classes from './state.module.css'

export type EmptyStateProps = {
  /** A tabler icon, shown where the path begins. */
  icon?: ReactNode
  /** What isn't here yet, in a few words. */
  title: string
  /** When it will be, or how to bring it. */
  children?: ReactNode
  /** The one thing to do about it. */
  action?: ReactNode
  /** When it takes the place of a whole page, its title is the page's heading. */
  wholePage?: boolean
}

export function EmptyState({ icon, title, children, action, wholePage = false }: EmptyStateProps) {
  const Heading = wholePage ? 'h1' : 'h2'
  return (
    <div className={wholePage ? `${classes.state} ${classes.page}` : classes.state}>
      <SmallTrail icon={icon} />
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}
