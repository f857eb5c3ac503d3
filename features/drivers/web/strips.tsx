import type { CSSProperties } from 'react'
import type { Estimate } from '../contract.ts'
import { isSure } from './arrange.ts'
import classes from './drivers.module.css'
import { makeScale } from './scale.ts'

export interface Strip {
  key: string
  label: string
  estimate: Estimate | null
  /** The figures as they are written; what stands in their place where there are none. */
  value: string
  range?: string
  note?: string
  /** Drawn hollow and grey: no finding, only a comparison. */
  isPlain?: boolean
}

const style = (values: Record<string, number>) => values as CSSProperties

/** A few estimates under each other on one axis around zero. */
export function Strips({ rows }: { rows: readonly Strip[] }) {
  const scale = makeScale(
    rows.flatMap(({ estimate }) => (estimate ? [estimate.low, estimate.value, estimate.high] : [])),
  )
  return (
    <ul className={classes.strips} style={style({ '--zero': scale.at(0) })}>
      {rows.map(({ key, label, estimate, value, range, note, isPlain }) => (
        <li key={key} data-tone={estimate && !isPlain ? toneOf(estimate) : 'quiet'}>
          <span className={classes.stripLabel}>
            {label}
            {note && <small>{note}</small>}
          </span>
          {estimate ? (
            <span
              className={classes.plot}
              aria-hidden="true"
              style={style({
                '--low': scale.at(estimate.low),
                '--high': scale.at(estimate.high),
                '--at': scale.at(estimate.value),
              })}
            >
              <span className={classes.reach} />
              <span
                className={isPlain ? classes.naive : classes.dot}
                data-sure={isSure(estimate) || undefined}
              />
            </span>
          ) : (
            <span className={classes.plot} aria-hidden="true" />
          )}
          <span className={classes.stripValue}>
            {value} {range && <small className="range">{range}</small>}
          </span>
        </li>
      ))}
    </ul>
  )
}

const toneOf = ({ low, high }: Estimate) => (low > 0 ? 'won' : high < 0 ? 'lost' : 'quiet')
