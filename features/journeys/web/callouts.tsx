import type { JourneyMap, MapStage, Sentence } from '../contract.ts'
import classes from './callouts.module.css'
import { isPeak } from './curve.ts'
import { heightOf, shown } from './judge.ts'
import type { MapView } from './map-view.ts'
import { BANDS, type Layout } from './picture-layout.ts'
import { SentenceText } from './sentence-text.tsx'

const WIDTH = 168
/** Two lines and a bit: enough to keep a note inside its band. */
const HEIGHT = 44

type CalloutsProps = { map: JourneyMap; view: MapView; layout: Layout }

/** The largest gain and the largest loss, said in words where they happen on the picture. */
export function Callouts({ map, view, layout }: CalloutsProps) {
  const notes = [map.largestGain, map.largestLoss].filter((note) => note !== null)
  return notes.map((note) => (
    <Callout key={`${note.key} ${note.stage}`} note={note} map={map} view={view} layout={layout} />
  ))
}

function Callout({
  note,
  map,
  view,
  layout,
}: {
  note: Sentence
  map: JourneyMap
  view: MapView
  layout: Layout
}) {
  const index = map.stages.findIndex(({ key }) => key === note.stage)
  if (index < 0) return null
  const middle = layout.x(index)
  const left = Math.min(Math.max(8, middle - WIDTH / 2), layout.width - WIDTH - 8)
  return (
    <div
      className={classes.callout}
      data-tone={note.tone}
      style={{ left, width: WIDTH, top: topOf(map.stages, index, layout) }}
    >
      <SentenceText sentence={note} names={view.names} />
    </div>
  )
}

/**
 * On the side where the number doesn't stand: below a peak. In a valley both sides of the point are taken, so the note
 * hangs below the number, or above the point where the band ends.
 */
function topOf(stages: MapStage[], index: number, layout: Layout): number {
  const last = BANDS.kept.top - HEIGHT - 4
  const said = shown(stages[index]?.said ?? null)
  if (!said) return last
  const lowest = layout.saidY(said.low)
  if (isPeak(stages.map(heightOf), index)) return Math.min(lowest + 16, last)
  const below = lowest + 30
  return below <= last ? below : layout.saidY(said.high) - HEIGHT - 14
}
