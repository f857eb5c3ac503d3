import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapStage } from '../contract.ts'
import { bandPath, isPeak, type Placed, smoothPath, splitAtGaps } from './curve.ts'
import { useEstimateWords } from './figures.tsx'
import { heightOf, shown, weightOf } from './judge.ts'
import classes from './picture.module.css'
import { BANDS, type Layout } from './picture-layout.ts'

type SaidBandProps = {
  stages: MapStage[]
  compared: MapStage[] | undefined
  layout: Layout
  active: number | null
}

/** What customers said: the curve with its likely range, a gap where there are few data. */
export function SaidBand({ stages, compared, layout, active }: SaidBandProps) {
  const placed = stages.map(({ said }, index) => layout.place(said, index))
  const runs = splitAtGaps(placed)
  return (
    <g>
      <Scale layout={layout} />
      {compared && <Ghost stages={stages} compared={compared} layout={layout} />}
      <ExpectedLinks stages={stages} placed={placed} layout={layout} />
      {runs.map((run) => (
        <g key={run[0]?.x}>
          <path className={classes.spread} d={bandPath(run)} fill="url(#map-said)" />
          <path className={classes.curve} d={smoothPath(run)} stroke="url(#map-said)" pathLength="1" />
        </g>
      ))}
      {stages.map((stage, index) => (
        <Stop
          key={stage.key}
          stage={stage}
          place={placed[index] ?? null}
          isAbove={isPeak(stages.map(heightOf), index)}
          isActive={active === index}
          x={layout.x(index)}
          layout={layout}
        />
      ))}
    </g>
  )
}

/** The middle, and the ends of the scale in figures: the scale follows the data, so it has to be named. */
function Scale({ layout }: { layout: Layout }) {
  const locale = useLocale()
  const { reach, width, saidY } = layout
  return (
    <g className={classes.scale}>
      {[reach, 0, -reach].map((value) => (
        <g key={value}>
          <line
            x1="0"
            x2={width}
            y1={saidY(value)}
            y2={saidY(value)}
            data-middle={value === 0 || undefined}
          />
          <text x="8" y={saidY(value) - 4}>
            {formatNumber(value, locale, { signed: true })}
          </text>
        </g>
      ))}
      <line x1="0" x2={width} y1={BANDS.said.top} y2={BANDS.said.top} data-edge />
      <line x1="0" x2={width} y1={BANDS.kept.top} y2={BANDS.kept.top} data-edge />
    </g>
  )
}

function Ghost({
  stages,
  compared,
  layout,
}: Omit<SaidBandProps, 'active' | 'compared'> & { compared: MapStage[] }) {
  const before = stages.map(({ key }, index) =>
    layout.place(compared.find((one) => one.key === key)?.said ?? null, index),
  )
  return splitAtGaps(before).map((run) => (
    <g key={run[0]?.x} className={classes.ghost}>
      <path d={smoothPath(run)} />
      {run.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r="2.6" />
      ))}
    </g>
  ))
}

/** Where nothing was said, a dashed way to what the standards let expect, from the neighbours that did speak. */
function ExpectedLinks({
  stages,
  placed,
  layout,
}: {
  stages: MapStage[]
  placed: (Placed | null)[]
  layout: Layout
}) {
  const expected = stages.map(({ expected }, index) =>
    placed[index] === null ? layout.place(expected, index) : null,
  )
  const all = placed.map((place, index) => place ?? expected[index] ?? null)
  return all.slice(1).map((to, index) => {
    const from = all[index]
    if (!from || !to || !(expected[index] || expected[index + 1])) return null
    return <path key={to.x} className={classes.expected} d={smoothPath([from, to])} />
  })
}

type StopProps = {
  stage: MapStage
  place: Placed | null
  isAbove: boolean
  isActive: boolean
  x: number
  layout: Layout
}

function Stop({ stage, place, isAbove, isActive, x, layout }: StopProps) {
  const words = useEstimateWords()
  const weight = weightOf(stage.said)
  if (place === null) return <SilentStop stage={stage} x={x} layout={layout} />
  const label = isAbove ? Math.min(place.high, place.y - 9) - 9 : Math.max(place.low, place.y + 9) + 18
  return (
    <g
      data-tone={words.toneOf('said', stage.said)}
      className={classes.stop}
      data-active={isActive || undefined}
    >
      <line className={classes.whisker} x1={x} x2={x} y1={place.low} y2={place.high} />
      {weight === 'number' ? (
        <circle cx={x} cy={place.y} r="6" />
      ) : (
        <rect x={x - 4.5} y={place.high} width="9" height={Math.max(9, place.low - place.high)} rx="4.5" />
      )}
      <text className={weight === 'number' ? classes.number : classes.word} x={x} y={label}>
        {words.short('said', stage.said)}
      </text>
    </g>
  )
}

/** A stage about which too few spoke: what may be expected by its standards, or a plain "few data". */
function SilentStop({ stage, x, layout }: { stage: MapStage; x: number; layout: Layout }) {
  const { t } = useTranslation('journeys')
  const words = useEstimateWords()
  const expected = shown(stage.expected)
  const y = layout.saidY(expected?.mean ?? 0)
  if (stage.persons === 0) return null
  return (
    <g className={classes.silent}>
      <circle cx={x} cy={y} r="5" />
      <text x={x} y={y - 12}>
        {expected ? t('expected.short', { value: words.short('said', stage.expected) }) : t('fewData')}
      </text>
    </g>
  )
}
