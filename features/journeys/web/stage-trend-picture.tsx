import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import type { TrendPoint } from '../contract.ts'
import { bandPath, type Placed, smoothPath, splitAtGaps } from './curve.ts'
import { useEstimateWords } from './figures.tsx'
import { shown, weightOf } from './judge.ts'
import picture from './picture.module.css'
import classes from './stage-trend.module.css'
import {
  isLabelAbove,
  TREND_BANDS,
  TREND_FLOOR,
  TREND_HEIGHT,
  type TrendLayout,
  tellingPoints,
} from './stage-trend-layout.ts'

type PictureProps = { points: TrendPoint[]; layout: TrendLayout; active: number | null }

/** The picture alone; the links over it and the table under it say the same. */
export const StageTrendPicture = memo(function StageTrendPicture({ points, layout, active }: PictureProps) {
  const { t } = useTranslation('journeys')
  const { width, saidY, reach } = layout
  return (
    <svg
      className={picture.picture}
      width={width}
      height={TREND_HEIGHT}
      viewBox={`0 0 ${width} ${TREND_HEIGHT}`}
      role="img"
      aria-label={t('stagePage.picture')}
    >
      <defs>
        <linearGradient
          id="trend-said"
          x1="0"
          x2="0"
          y1={saidY(reach)}
          y2={saidY(-reach)}
          gradientUnits="userSpaceOnUse"
        >
          <stop offset="0.38" stopColor="var(--won)" />
          <stop offset="0.5" stopColor="var(--even)" />
          <stop offset="0.6" stopColor="var(--lost)" />
        </linearGradient>
      </defs>
      {active !== null && (
        <rect
          className={classes.light}
          x={layout.x(active) - layout.step / 2}
          width={layout.step}
          height={TREND_BANDS.days.top}
        />
      )}
      <River points={points} layout={layout} />
      <Scales layout={layout} />
      <Said points={points} layout={layout} active={active} />
      <Kept points={points} layout={layout} active={active} />
    </svg>
  )
})

function River({ points, layout }: Omit<PictureProps, 'active'>) {
  const { x, riverY, riverHalf } = layout
  const banks = points.map(({ persons }, index) => ({ x: x(index), half: riverHalf(persons) }))
  const upper = smoothPath(banks.map(({ x, half }) => ({ x, y: riverY - half })))
  const lower = smoothPath(banks.map(({ x, half }) => ({ x, y: riverY + half })).reverse())
  if (points.length === 0) return null
  return <path className={picture.river} d={`${upper}${lower.replace('M', 'L')}Z`} />
}

function Scales({ layout }: { layout: TrendLayout }) {
  const locale = useLocale()
  const { reach, width, saidY, keptY } = layout
  return (
    <g className={picture.scale}>
      {[reach, 0, -reach].map((value) => (
        <g key={value}>
          <line
            x1="0"
            x2={width}
            y1={saidY(value)}
            y2={saidY(value)}
            data-middle={value === 0 || undefined}
          />
          <text x="6" y={saidY(value) - 4}>
            {formatNumber(value, locale, { signed: true })}
          </text>
        </g>
      ))}
      <line x1="0" x2={width} y1={TREND_BANDS.said.top} y2={TREND_BANDS.said.top} data-edge />
      <line x1="0" x2={width} y1={TREND_BANDS.kept.top} y2={TREND_BANDS.kept.top} data-edge />
      <line x1="0" x2={width} y1={keptY(1)} y2={keptY(1)} />
      <text x="6" y={keptY(1) - 4}>
        {formatPercent(1, locale)}
      </text>
      <line x1="0" x2={width} y1={TREND_FLOOR} y2={TREND_FLOOR} data-middle />
    </g>
  )
}

function Said({ points, layout, active }: PictureProps) {
  const telling = tellingPoints(points, 'said')
  const heights = points.map(({ said }) => shown(said)?.mean ?? null)
  return (
    <g>
      {splitAtGaps(layout.placed).map((run) => (
        <g key={run[0]?.x}>
          <path className={picture.spread} d={bandPath(run)} fill="url(#trend-said)" />
          <path className={picture.curve} d={smoothPath(run)} stroke="url(#trend-said)" pathLength="1" />
        </g>
      ))}
      {points.map((point, index) => (
        <Stop
          key={point.fromDay}
          point={point}
          place={layout.placed[index] ?? null}
          layout={layout}
          index={index}
          isAbove={isLabelAbove(heights, index)}
          isActive={active === index}
          isTold={layout.hasRoom || telling.has(index)}
        />
      ))}
    </g>
  )
}

type StopProps = {
  point: TrendPoint
  place: Placed | null
  layout: TrendLayout
  index: number
  isAbove: boolean
  isActive: boolean
  isTold: boolean
}

function Stop({ point, place, layout, index, isAbove, isActive, isTold }: StopProps) {
  const words = useEstimateWords()
  const isNumber = weightOf(point.said) === 'number'
  if (place === null) return point.persons > 0 && <Silent x={layout.x(index)} y={layout.saidY(0)} />
  const label = isAbove ? place.high - 8 : place.low + 18
  return (
    <g
      className={picture.stop}
      data-tone={words.toneOf('said', point.said)}
      data-active={isActive || !isNumber || undefined}
    >
      <line className={picture.whisker} x1={place.x} x2={place.x} y1={place.high} y2={place.low} />
      {isNumber ? (
        <circle cx={place.x} cy={place.y} r="4.6" />
      ) : (
        <rect x={place.x - 4} y={place.high} width="8" height={Math.max(8, place.low - place.high)} rx="4" />
      )}
      {isNumber && isTold && (
        <text className={classes.number} x={place.x} y={label}>
          {words.short('said', point.said)}
        </text>
      )}
    </g>
  )
}

/** Somebody was here, but too few said how it was. */
function Silent({ x, y }: { x: number; y: number }) {
  return (
    <g className={picture.silent}>
      <circle cx={x} cy={y} r="3.6" />
    </g>
  )
}

function Kept({ points, layout, active }: PictureProps) {
  const words = useEstimateWords()
  const telling = tellingPoints(points, 'kept')
  const width = Math.min(layout.step - 8, 74)
  const { keptY } = layout
  return points.map((point, index) => {
    const kept = shown(point.kept)
    const left = layout.x(index) - width / 2
    if (!kept) return null
    const isNumber = weightOf(kept) === 'number'
    const isTold = isNumber && (layout.hasRoom || telling.has(index) || active === index)
    return (
      <g key={point.fromDay} className={picture.block} data-tone={words.toneOf('kept', kept)}>
        <rect
          className={classes.ground}
          x={left}
          width={width}
          y={keptY(kept.mean)}
          height={TREND_FLOOR - keptY(kept.mean)}
          rx="3"
        />
        <rect
          x={left}
          width={width}
          y={keptY(kept.high)}
          height={keptY(kept.low) - keptY(kept.high)}
          rx="2"
        />
        {isNumber && <line x1={left + 3} x2={left + width - 3} y1={keptY(kept.mean)} y2={keptY(kept.mean)} />}
        {isTold && (
          <text
            className={classes.share}
            x={layout.x(index)}
            y={keptY(kept.low) < TREND_FLOOR - 22 ? keptY(kept.low) + 15 : keptY(kept.high) - 5}
          >
            {words.short('kept', kept)}
          </text>
        )}
      </g>
    )
  })
}
