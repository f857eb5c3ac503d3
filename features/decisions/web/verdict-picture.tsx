import type { CSSProperties } from 'react'
import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import type { MeasureVerdict, Verdict } from '../contract.ts'
import { DecisionFlags } from './decision-flags.tsx'
import { findWeekOf } from './place-marks.ts'
import classes from './verdict.module.css'
import { drawWeeks, findSpan, makeVerdictScale, type VerdictScale } from './verdict-scale.ts'
import { toneOfVerdict, useVerdictWords } from './verdict-words.ts'

const style = (values: Record<string, number | string>) => values as CSSProperties
/** Orders stay clear of the change by the two weeks in which they may come. */
const CLEAR_WEEKS = { said: 0, kept: 0, orders: 2 }

/** Weeks before and after as a line, what they come to as two levels, the comparison as a ghost behind. */
export function VerdictPicture({ one, besides }: { one: MeasureVerdict; besides: Verdict['besides'] }) {
  const { t, level } = useVerdictWords()
  const scale = makeVerdictScale(one)
  if (!scale) return <p className={classes.quiet}>{t('picture.nothing')}</p>
  const { weeks, measure, comparison, word } = one
  const change = weeks.findIndex(({ at }) => at === 0)
  const days = weeks.map(({ day }) => day)
  const placeOf = (day: string) => {
    const week = findWeekOf(days, day)
    return week === undefined ? undefined : (week + 0.5) / days.length
  }
  return (
    <figure
      className={classes.picture}
      data-tone={toneOfVerdict(word)}
      style={style({ '--weeks': weeks.length })}
    >
      <div className={classes.plot} data-marked={besides.length > 0 || undefined}>
        {scale.ticks.map((tick) => (
          <span
            key={tick}
            className={classes.tick}
            aria-hidden="true"
            style={style({ '--at': scale.at(tick) })}
          >
            <span>{level(measure, tick)}</span>
          </span>
        ))}
        {change >= 0 && (
          <span className={classes.change} aria-hidden="true" style={style({ '--from': change })}>
            <span>{t('picture.change')}</span>
          </span>
        )}
        <svg
          className={classes.lines}
          viewBox={`0 0 ${weeks.length * 100} 100`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {drawWeeks(weeks, 'others', scale).map((path) => (
            <path key={path} className={classes.ghost} d={path} />
          ))}
          {drawWeeks(weeks, 'place', scale).map((path) => (
            <path key={path} className={classes.line} d={path} />
          ))}
        </svg>
        <Levels one={one} scale={scale} />
        <DecisionFlags decisions={besides} placeOf={placeOf} />
      </div>
      <div className={classes.axis} aria-hidden="true">
        <span>{t('picture.before')}</span>
        <span>{t('picture.after')}</span>
      </div>
      <figcaption className={classes.legend}>
        <span data-of="place">{t('picture.place')}</span>
        {comparison !== 'none' && <span data-of="others">{t(`picture.${comparison}`)}</span>}
      </figcaption>
    </figure>
  )
}

function Levels({ one, scale }: { one: MeasureVerdict; scale: VerdictScale }) {
  const { level } = useVerdictWords()
  const { weeks, place, others, measure } = one
  return (['before', 'after'] as const).map((side) => {
    const span = findSpan(weeks, side, CLEAR_WEEKS[measure])
    const [own, beside] = [place[side], others[side]]
    if (!span) return null
    const reach = { '--from': span.from, '--to': span.to }
    return (
      <div key={side} aria-hidden="true">
        {beside && (
          <span className={classes.besideLevel} style={style({ ...reach, '--at': scale.at(beside.mean) })} />
        )}
        {own && (
          <span
            className={classes.level}
            data-side={side}
            style={style({
              ...{ ...reach, '--at': scale.at(own.mean) },
              ...{ '--low': scale.at(own.low), '--high': scale.at(own.high) },
            })}
          >
            <span className={classes.reach} />
            <span className={classes.bar}>{own.n >= FLOOR_NUMBER && <b>{level(measure, own.mean)}</b>}</span>
          </span>
        )}
      </div>
    )
  })
}
