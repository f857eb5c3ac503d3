import type { ReactNode } from 'react'
import classes from './small-trail.module.css'

/** A path that is about to begin: a dashed line that leads to the icon of what will be here. */
export function SmallTrail({ icon }: { icon?: ReactNode }) {
  return (
    <div className={classes.trail} data-tone="won" aria-hidden="true">
      <svg viewBox="0 0 220 64" aria-hidden="true">
        <path
          className={classes.ahead}
          d="M4 50c34 0 36-34 66-34 22 0 24 18 40 18s22-22 46-22c26 0 30 30 60 30"
        />
        <circle className={classes.stop} cx="4" cy="50" r="3.5" />
        <circle className={classes.stop} cx="70" cy="16" r="3.5" />
        <circle className={classes.stop} cx="216" cy="42" r="3.5" />
      </svg>
      {icon && <span className={classes.icon}>{icon}</span>}
    </div>
  )
}

/** A path that breaks off. */
export function BrokenTrail() {
  return (
    <div className={classes.trail} data-tone="lost" aria-hidden="true">
      <svg viewBox="0 0 220 64" aria-hidden="true">
        <path className={classes.walked} d="M4 50c34 0 36-34 66-34 16 0 21 9 29 14" />
        <path className={classes.ahead} d="M124 32c12-6 18-20 32-20 26 0 30 30 60 30" />
        <circle className={classes.stop} cx="4" cy="50" r="3.5" />
        <path className={classes.walked} d="m104 25 10 14m0-14-10 14" />
      </svg>
    </div>
  )
}
