import { DecisionFlag } from '../../decisions/web/parts.tsx'
import type { MapStage } from '../contract.ts'
import { heightOf } from './judge.ts'
import classes from './map-flags.module.css'
import type { MapView } from './map-view.ts'
import type { Layout } from './picture-layout.ts'

type MapFlagsProps = { stages: MapStage[]; view: MapView; layout: Layout }

/** Left of the number on the curve; where "few data" is written, left of that. */
const BESIDE = { number: 37, words: 54 }

/** Decisions of the period on the curve itself, at their stage. */
export function MapFlags({ stages, view, layout }: MapFlagsProps) {
  return stages.map((stage, index) => {
    const own = view.decisions.filter(({ at }) => at === stage.key)
    if (own.length === 0) return null
    const height = heightOf(stage)
    const left = layout.x(index) - (stage.said === null ? BESIDE.words : BESIDE.number)
    return (
      <div key={stage.key} className={classes.pole} style={{ left, top: layout.saidY(height ?? 0) }}>
        <DecisionFlag decisions={own} side={sideOf(index, stages.length)} />
      </div>
    )
  })
}

/** On the path that runs down: under the number of the stage. */
export function PathFlag({ stage, left, view }: { stage: string; left: number; view: MapView }) {
  const own = view.decisions.filter(({ at }) => at === stage)
  if (own.length === 0) return null
  return (
    <div className={classes.under} style={{ left }}>
      <DecisionFlag decisions={own} side="start" />
    </div>
  )
}

const sideOf = (index: number, count: number) =>
  index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle'
