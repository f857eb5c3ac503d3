import { useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Definition } from '../../../web/ui/definition.tsx'
import { DecisionFlag } from '../../decisions/web/parts.tsx'
import type { StageAnswer } from '../contract.ts'
import captions from './captions.module.css'
import type { MapView } from './map-view.ts'
import classes from './stage-trend.module.css'
import { findPlaceOfDay, layOutTrend, TREND_BANDS, type TrendLayout } from './stage-trend-layout.ts'
import { StageTrendPicture } from './stage-trend-picture.tsx'
import { TrendReadout, TrendStops } from './stage-trend-stops.tsx'
import type { DecisionMark } from './use-decisions.ts'
import { useWidth } from './use-width.ts'

type StageTrendProps = { answer: StageAnswer; view: MapView }

/** The stage over time, drawn as the map draws the path: two lines that are never mixed, and what was changed when. */
export function StageTrend({ answer, view }: StageTrendProps) {
  const { t } = useTranslation('journeys')
  const { trend, stage } = answer
  const { ref, width } = useWidth<HTMLDivElement>()
  const layout = useMemo(() => layOutTrend(trend, width), [trend, width])
  const [active, setActive] = useState<number | null>(null)
  // Where the course doesn't fit, its newest part is in sight.
  useLayoutEffect(() => {
    if (ref.current) ref.current.scrollLeft = layout.width - width
  }, [ref, layout.width, width])
  const decisions = view.decisions.filter(({ at }) => at === stage.key || at === null)
  return (
    <>
      <TrendReadout points={trend} active={active} />
      <div ref={ref} className={classes.scroll}>
        <div className={classes.inner} style={{ width: layout.width }} onPointerLeave={() => setActive(null)}>
          {(['people', 'said', 'kept'] as const).map((band) => (
            <div key={band} className={captions.row} style={{ top: TREND_BANDS[band].top + 6 }}>
              <div className={captions.caption}>
                {t(`${band}.name`)}
                <Definition term={t(`${band}.name`)}>{t(`${band}.definition`)}</Definition>
              </div>
            </div>
          ))}
          <StageTrendPicture points={trend} layout={layout} active={active} />
          <TrendStops points={trend} layout={layout} search={view.search} onActive={setActive} />
          <Flags decisions={decisions} answer={answer} layout={layout} />
        </div>
      </div>
    </>
  )
}

/** Decisions of the same day share a flag. */
function Flags({
  decisions,
  answer,
  layout,
}: {
  decisions: DecisionMark[]
  answer: StageAnswer
  layout: TrendLayout
}) {
  const days = [...new Set(decisions.map(({ day }) => day))].sort()
  return days.map((day) => {
    const place = findPlaceOfDay(answer.trend, day)
    if (place === undefined) return null
    const left = layout.x(place - 0.5)
    return (
      <div key={day} className={classes.mark} style={{ left }}>
        <DecisionFlag
          decisions={decisions.filter((one) => one.day === day)}
          side={left > layout.width - 150 ? 'end' : left < 150 ? 'start' : 'middle'}
        />
      </div>
    )
  })
}
