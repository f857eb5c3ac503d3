import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

/** A refusal in the room's own words, where those of `FormError` would say too little. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice} role="alert" data-tone="lost">
      <IconAlertCircle size={18} aria-hidden="true" />
      <span>{children}</span>
    </div>
  )
}
