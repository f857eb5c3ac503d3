import type { ReactNode } from 'react'
import classes from './badge.module.css'
import type { Tone } from './tone.ts'

/** A short word with the colour of its meaning. The word is required: colour alone says nothing to many. */
export function Badge({
  tone = 'quiet',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon}
      {children}
    </span>
  )
}
