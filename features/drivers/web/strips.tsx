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
  /** What a plain comparison shows, hollow beside it, and how that is said. */
  glance?: { at: number; text: string }
  /** Drawn hollow and grey: no finding, only a comparison. */
  isPlain?: boolean
}

const style = (values: Record<string, number>) => values as CSSProperties

/** A few estimates under each other on one axis around zero. */
export function Strips({ rows }: { rows: readonly Strip[] }) {
  const scale = makeScale(
    rows.flatMap(({ estimate, glance }) =>
      estimate ? [estimate.low, estimate.value, estimate.high, glance?.at ?? 0] : [],
    ),
  )
  return (
    <ul className={classes.strips} style={style({ '--zero': scale.at(0) })}>
      {rows.map(({ key, label, estimate, value, range, note, glance, isPlain }) => (
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
              {glance && <Glance at={scale.at(glance.at)} real={scale.at(estimate.value)} />}
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
            {estimate && glance && <small className={classes.stripGlance}>{glance.text}</small>}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** How far a first glance would have been from it. */
export function Glance({ at, real }: { at: number; real: number }) {
  const gap = { '--from': Math.min(at, real), '--to': Math.max(at, real) }
  return (
    <>
      <span className={classes.gap} style={style(gap)} />
      <span className={classes.naive} style={style({ '--at': at })} />
    </>
  )
}

const toneOf = ({ low, high }: Estimate) => (low > 0 ? 'won' : high < 0 ? 'lost' : 'quiet')
