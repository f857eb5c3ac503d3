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
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <SmallTrail icon={icon} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}
