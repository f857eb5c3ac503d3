import type { JourneyMap, Sentence } from '../contract.ts'
import classes from './callouts.module.css'
import { shown } from './judge.ts'
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
  const stage = map.stages[index]
  if (!stage) return null
  const middle = layout.x(index)
  const left = Math.min(Math.max(8, middle - WIDTH / 2), layout.width - WIDTH - 8)
  return (
    <div
      className={classes.callout}
      data-tone={note.tone}
      style={{ left, width: WIDTH, top: topOf(note, stage, layout) }}
    >
      <SentenceText sentence={note} names={view.names} />
    </div>
  )
}

/** A loss hangs below its point, a gain stands above it; both stay within the band of what was said. */
function topOf(note: Sentence, stage: JourneyMap['stages'][number], layout: Layout): number {
  const said = shown(stage.said)
  const first = BANDS.said.top + 28
  const last = BANDS.kept.top - HEIGHT - 4
  if (!said) return last
  const wanted = note.tone === 'lost' ? layout.saidY(said.low) + 30 : layout.saidY(said.high) - HEIGHT - 34
  return Math.min(Math.max(first, wanted), last)
}
