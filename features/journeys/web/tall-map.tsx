import { useTranslation } from 'react-i18next'
import { Num } from '../../../web/ui/numbers.tsx'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import type { JourneyMap, MapStage, Sentence } from '../contract.ts'
import { saidReach } from './curve.ts'
import { ShortFigure, useEstimateWords } from './figures.tsx'
import { shown, weightOf } from './judge.ts'
import { listUsed } from './list-used.ts'
import { PathFlag } from './map-flags.tsx'
import type { MapView } from './map-view.ts'
import { SentenceText } from './sentence-text.tsx'
import { Difference, Heard, Onward, Promises } from './stage-columns.tsx'
import classes from './tall-map.module.css'
import { TouchpointRow } from './touchpoint-row.tsx'

/** The rail of the path in pixels: its middle, and how far it bends to the good (right) or the bad side. */
const RAIL = 104
const MIDDLE = 52
const BEND = 34
const SHOWN_TOUCHPOINTS = 2

/** The map on a phone: the path runs down, to the right where goodwill is won, to the left where it is lost. */
export function TallMap({ map, view }: { map: JourneyMap; view: MapView }) {
  const { t } = useTranslation('journeys')
  const { stages, compared } = map
  const known = stages.map(({ said }) => shown(said)).filter((one) => one !== null)
  const reach = saidReach(known)
  const xOf = (value: number) => MIDDLE + (value / reach) * BEND
  const noteOf = (key: string) =>
    [map.largestLoss, map.largestGain].find((note) => note?.stage === key) ?? null
  return (
    <ol className={classes.path} aria-label={t('stages')}>
      <li aria-hidden="true" className={classes.sides}>
        <span>{t('side.lost')}</span>
        <span>{t('side.won')}</span>
      </li>
      {stages.map((stage, index) => (
        <Row
          key={stage.key}
          stage={stage}
          next={stages[index + 1]}
          before={compared?.stages.find(({ key }) => key === stage.key)}
          note={noteOf(stage.key)}
          view={view}
          xOf={xOf}
        />
      ))}
    </ol>
  )
}

type RowProps = {
  stage: MapStage
  next: MapStage | undefined
  before: MapStage | undefined
  note: Sentence | null
  view: MapView
  xOf: (value: number) => number
}

function Row({ stage, next, before, note, view, xOf }: RowProps) {
  const { t } = useTranslation('journeys')
  const pulse = view.pulses[stage.key] ?? 0
  return (
    <li className={classes.row}>
      <Stretch stage={stage} next={next} xOf={xOf} />
      <Stop stage={stage} xOf={xOf} />
      <PathFlag stage={stage.key} left={xOf(shown(stage.said)?.mean ?? 0)} view={view} />
      <div className={classes.words}>
        <PlainButton className={classes.name} onClick={() => view.open(stage.key)}>
          <h2>{view.names.stage(stage.key)}</h2>
        </PlainButton>
        <p className={classes.facts}>
          {pulse > 0 && <span key={pulse} className={classes.pulse} aria-hidden="true" />}
          <Num value={stage.persons} /> {t('personsWord', { count: stage.persons })} ·{' '}
          <Onward stage={stage} />
        </p>
        <Difference stage={stage} before={before} />
        {note && (
          <p className={classes.note} data-tone={note.tone}>
            <SentenceText sentence={note} names={view.names} />
          </p>
        )}
        <p className={classes.kept}>
          {t('kept.name')}: <ShortFigure measure="kept" estimate={stage.kept} />
        </p>
        <Promises stage={stage} />
        <ul className={classes.touchpoints}>
          {listUsed(stage)
            .slice(0, SHOWN_TOUCHPOINTS)
            .map((touchpoint) => (
              <li key={touchpoint.key}>
                <TouchpointRow
                  touchpoint={touchpoint}
                  name={view.names.touchpoint(touchpoint.key)}
                  onOpen={() => view.open(stage.key, touchpoint.key)}
                />
              </li>
            ))}
        </ul>
        <Heard stage={stage} />
      </div>
    </li>
  )
}

/** The number on the path; hollow and dashed where few spoke. */
function Stop({ stage, xOf }: { stage: MapStage; xOf: (value: number) => number }) {
  const { t } = useTranslation('journeys')
  const words = useEstimateWords()
  const said = shown(stage.said)
  const isNumber = weightOf(stage.said) === 'number'
  const tone = words.toneOf('said', stage.said)
  return (
    <span
      className={classes.stop}
      data-tone={tone}
      data-silent={!isNumber || undefined}
      style={{ left: xOf(said?.mean ?? 0) }}
    >
      <span aria-hidden="true">{isNumber ? words.short('said', said) : said ? '~' : '?'}</span>
      <span className="only-spoken">
        {t('said.name')}: {words.full('said', stage.said)}
      </span>
    </span>
  )
}

/** The path from this stop to the next, as high as the row, whatever that is. */
function Stretch({ stage, next, xOf }: Pick<RowProps, 'stage' | 'next' | 'xOf'>) {
  const [from, to] = [shown(stage.said), shown(next?.said ?? null)]
  const bow = (a: number, b: number) => `C${xOf(a)},50 ${xOf(b)},50 ${xOf(b)},100`
  const back = (a: number, b: number) => `C${xOf(b)},50 ${xOf(a)},50 ${xOf(a)},0`
  const isWhole = from !== null && to !== null
  return (
    <svg
      className={classes.stretch}
      viewBox={`0 0 ${RAIL} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <linearGradient
        id={`tall-${stage.key}`}
        gradientUnits="userSpaceOnUse"
        x1={MIDDLE - BEND}
        x2={MIDDLE + BEND}
      >
        <stop offset="0.38" stopColor="var(--lost)" />
        <stop offset="0.5" stopColor="var(--even)" />
        <stop offset="0.6" stopColor="var(--won)" />
      </linearGradient>
      <line className={classes.middle} x1={MIDDLE} x2={MIDDLE} y1="0" y2="100" />
      {isWhole && (
        <>
          <path
            className={classes.spread}
            fill={`url(#tall-${stage.key})`}
            d={`M${xOf(from.low)},0${bow(from.low, to.low)}L${xOf(to.high)},100${back(from.high, to.high)}Z`}
          />
          <path
            className={classes.curve}
            stroke={`url(#tall-${stage.key})`}
            d={`M${xOf(from.mean)},0${bow(from.mean, to.mean + 0.001)}`}
          />
        </>
      )}
    </svg>
  )
}
