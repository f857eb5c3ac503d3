import { formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapStage } from '../contract.ts'
import { smoothPath } from './curve.ts'
import classes from './picture.module.css'
import { type Layout, RIVER_MIDDLE } from './picture-layout.ts'

type PeopleBandProps = { stages: MapStage[]; layout: Layout; active: number | null }

/** How many people: a river as wide as there are persons. The stage in hand shows where its persons went next. */
export function PeopleBand({ stages, layout, active }: PeopleBandProps) {
  const stage = active === null ? undefined : stages[active]
  return (
    <g className={classes.people} data-lit={stage !== undefined || undefined}>
      <path className={classes.river} d={riverPath(stages, layout)} />
      {stage && active !== null && <Flow stages={stages} from={active} layout={layout} />}
    </g>
  )
}

/** The river's outline, over the whole width. */
export function riverPath(stages: MapStage[], layout: Layout): string {
  const { x, width, riverHalf } = layout
  if (stages.length === 0) return ''
  const halves = stages.map(({ persons }, index) => ({ x: x(index), half: riverHalf(persons) }))
  const ends = [{ x: 0, half: halves[0]?.half ?? 0 }, ...halves, { x: width, half: halves.at(-1)?.half ?? 0 }]
  const upper = smoothPath(ends.map(({ x, half }) => ({ x, y: RIVER_MIDDLE - half })))
  const lower = smoothPath(ends.map(({ x, half }) => ({ x, y: RIVER_MIDDLE + half })).reverse())
  return `${upper}${lower.replace('M', 'L')}Z`
}

/** So many ways at most: more would hide each other, and the panel lists them all. */
const SHOWN_WAYS = 5

function Flow({ stages, from, layout }: { stages: MapStage[]; from: number; layout: Layout }) {
  const after = stages[from]?.after ?? []
  const ways = after
    .map((way) => ({ ...way, to: stages.findIndex(({ key }) => key === way.stage) }))
    .filter(({ stage, to, share }) => share >= 0.01 && (stage === null || (to >= 0 && to !== from)))
    .sort((a, b) => b.share - a.share)
    .slice(0, SHOWN_WAYS)
  return (
    <g>
      {ways.map(({ stage, to, share }) =>
        stage === null ? (
          <WayOut key="out" x={layout.x(from)} share={share} step={layout.step} />
        ) : (
          <Way key={stage} from={layout.x(from)} to={layout.x(to)} share={share} step={layout.step} />
        ),
      )}
      <circle className={classes.source} cx={layout.x(from)} cy={RIVER_MIDDLE} r="4.5" />
    </g>
  )
}

const thickness = (share: number) => 1.5 + share * 16

/** An arc to another stage: over the river when it lies ahead, under it when it lies behind. */
function Way({ from, to, share, step }: { from: number; to: number; share: number; step: number }) {
  const locale = useLocale()
  const isAhead = to > from
  const rise = Math.min(44, 15 + (Math.abs(to - from) / step) * 7) * (isAhead ? -1 : 0.75)
  const bend = RIVER_MIDDLE + rise * 1.3
  const y = RIVER_MIDDLE
  return (
    <g className={classes.way}>
      <path
        d={`M${from},${y}C${from + (to - from) * 0.25},${bend} ${from + (to - from) * 0.75},${bend} ${to},${y}`}
        strokeWidth={thickness(share)}
      />
      <text x={to} y={y + (isAhead ? -13 : 22)}>
        {formatPercent(share, locale)}
      </text>
    </g>
  )
}

function WayOut({ x, share, step }: { x: number; share: number; step: number }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const end = x + step * 0.3
  return (
    <g className={classes.out}>
      <path
        d={`M${x},${RIVER_MIDDLE}C${x + step * 0.2},${RIVER_MIDDLE} ${end},${RIVER_MIDDLE + 8} ${end},${RIVER_MIDDLE + 26}`}
        strokeWidth={thickness(share)}
      />
      <text x={x} y={RIVER_MIDDLE + 32}>
        {t('flow.out', { share: formatPercent(share, locale) })}
      </text>
    </g>
  )
}
