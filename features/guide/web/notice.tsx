import type { ReactNode } from 'react'
import type { Tone } from '../../../web/ui/tone.ts'
import classes from './notice.module.css'

/** Something found out on the way, with what to do about it. */
export function Notice({ tone, title, children }: { tone: Tone; title: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.notice} data-tone={tone}>
      <strong>{title}</strong>
      {children && <div>{children}</div>}
    </div>
  )
}
