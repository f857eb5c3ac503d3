import { useTimeZone } from '../../../../web/shop-context.tsx'
import { Num } from '../../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import { FLOOR_NUMBER, type JourneyMap } from '../../../journeys/contract.ts'
import {
  bandPath,
  questionOfMap,
  readMapSearch,
  smoothPath,
  splitAtGaps,
  useNames,
} from '../../../journeys/web/parts.ts'
import classes from '../boards.module.css'
import type { CardProps } from '../card-kinds.ts'
import { Headline, Nothing, ReportCard } from './report-card.tsx'

/** The curve of what customers say along their path, and where it lies lowest. */
export function MapCard({ search }: CardProps) {
  const query = questionOfMap(readMapSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<JourneyMap> path="journey-map" query={query}>
      {({ stages }) => <Curve stages={stages} />}
    </ReportCard>
  )
}

function Curve({ stages }: { stages: JourneyMap['stages'] }) {
  const { t } = useTranslation('boards')
  const names = useNames({})
  const known = stages.flatMap(({ key, said }) => (said && said.n >= FLOOR_NUMBER ? [{ key, said }] : []))
  const [lowest] = known.toSorted((a, b) => a.said.mean - b.said.mean)
  if (!lowest) return <Nothing />
  const { mean, low, high } = lowest.said
  return (
    <>
      <Headline figure={<Num value={mean} low={low} high={high} digits={0} signed />}>
        {t('card.map', { stage: names.stage(lowest.key) })}
      </Headline>
      <Picture stages={stages} />
    </>
  )
}

function Picture({ stages }: { stages: JourneyMap['stages'] }) {
  const y = (value: number) => 50 - value * 0.46
  const placed = stages.map(({ said }, place) => {
    if (!said || said.n < FLOOR_NUMBER) return null
    const x = (240 * (place + 0.5)) / stages.length
    return { x, y: y(said.mean), low: y(said.low), high: y(said.high), mean: said.mean }
  })
  const runs = splitAtGaps(placed)
  return (
    <svg className={classes.picture} viewBox="0 0 240 100" aria-hidden="true">
      <line x1={0} x2={240} y1={50} y2={50} stroke="var(--edge)" strokeDasharray="3 5" />
      {runs.map((run) => (
        <g key={run[0]?.x}>
          <path d={bandPath(run)} fill="var(--mute)" opacity={0.14} />
          <path d={smoothPath(run)} fill="none" stroke="var(--mute)" strokeWidth={2.2} />
        </g>
      ))}
      {placed.map(
        (point) =>
          point && (
            <circle
              key={point.x}
              cx={point.x}
              cy={point.y}
              r={4.5}
              fill="var(--card)"
              stroke={point.mean < 0 ? 'var(--lost)' : point.mean < 25 ? 'var(--even)' : 'var(--won)'}
              strokeWidth={2.6}
            />
          ),
      )}
    </svg>
  )
}
