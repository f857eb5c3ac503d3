import type { ReactNode } from 'react'
import { Definition } from './definition.tsx'
import classes from './stat.module.css'
import type { Tone } from './tone.ts'

export type StatProps = {
  label: string
  /** A `Num`, `Percent` or `Money`. */
  value: ReactNode
  /** What the number means and how it is counted. */
  definition?: ReactNode
  /** What to compare it with, or out of how many. */
  note?: ReactNode
  tone?: Tone
}

/** One number that matters, with its meaning one click away. */
export function Stat({ label, value, definition, note, tone = 'quiet' }: StatProps) {
  return (
    <div className={classes.stat} data-tone={tone}>
      <div className={classes.label}>
        {label}
        {definition && <Definition term={label}>{definition}</Definition>}
      </div>
      <div className={classes.value}>{value}</div>
      {note && <div className={classes.note}>{note}</div>}
    </div>
  )
}

/** Numbers side by side; under each other on a phone. */
export function Stats({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>
}
