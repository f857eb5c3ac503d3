import type { JourneyMap, MapStage } from '../../contract.ts'
import { bandPath, isPeak, type Placed, smoothPath, splitAtGaps } from '../curve.ts'
import { heightOf, shown, weightOf } from '../judge.ts'
import { riverPath } from '../people-band.tsx'
import { BANDS, KEPT_FLOOR, type Layout, layOut } from '../picture-layout.ts'
import type { ExportWords } from './export-words.ts'
import type { Pen } from './pen.ts'

/** Draws the three bands of the map from (0, 0) on, the same geometry as on the screen. */
export function drawPicture(pen: Pen, map: JourneyMap, words: ExportWords, step: number): void {
  const layout = layOut(map.stages, map.compared?.stages, step)
  const { context } = pen
  context.fillStyle = pen.colours('line')
  context.fill(new Path2D(riverPath(map.stages, layout)))
  drawScales(pen, words, layout)
  for (const [index, stage] of map.stages.entries()) drawBlock(pen, words, layout, stage, index)
  drawCurves(pen, map, layout)
  for (const index of map.stages.keys()) drawStop(pen, words, layout, map.stages, index)
}

function drawScales(pen: Pen, words: ExportWords, layout: Layout): void {
  const { width, saidY, keptY, reach } = layout
  for (const band of ['said', 'kept'] as const) pen.line(0, BANDS[band].top, width, BANDS[band].top, 'line')
  for (const value of [reach, 0, -reach]) {
    pen.line(
      0,
      saidY(value),
      width,
      saidY(value),
      value === 0 ? 'edge' : 'line',
      1,
      value === 0 ? [] : [2, 6],
    )
    const sign = value > 0 ? '+' : value < 0 ? '\u2212' : ''
    pen.text(sign + Math.abs(value), 8, saidY(value) - 4, { size: 10.5, colour: 'mute' })
  }
  pen.line(0, keptY(1), width, keptY(1), 'line', 1, [2, 6])
  pen.line(0, KEPT_FLOOR, width, KEPT_FLOOR, 'edge')
  for (const band of ['people', 'said', 'kept'] as const)
    pen.text(words.bands[band], 14, BANDS[band].top + 20, { size: 12, weight: 560, colour: 'mute' })
}

function drawBlock(pen: Pen, words: ExportWords, layout: Layout, stage: MapStage, index: number): void {
  const kept = shown(stage.kept)
  if (!kept) return
  const tone = words.toneOf('kept', kept)
  const width = Math.min(layout.step - 26, 110)
  const left = layout.x(index) - width / 2
  const top = layout.keptY(kept.mean)
  pen.box(left, top, width, KEPT_FLOOR - top, `${tone}-soft`, 6)
  pen.line(left + 5, top, left + width - 5, top, tone, 2.5)
  const style = { size: 14, weight: 650, colour: `${tone}-ink`, align: 'center' } as const
  pen.text(words.short('kept', kept), layout.x(index), Math.min(top + 19, KEPT_FLOOR - 6), style)
}

function drawCurves(pen: Pen, map: JourneyMap, layout: Layout): void {
  const { context, colours } = pen
  const gradient = context.createLinearGradient(0, layout.saidY(layout.reach), 0, layout.saidY(-layout.reach))
  gradient.addColorStop(0.38, colours('won'))
  gradient.addColorStop(0.5, colours('even'))
  gradient.addColorStop(0.6, colours('lost'))
  const runsOf = (stages: (MapStage | undefined)[]): Placed[][] =>
    splitAtGaps(stages.map((stage, index) => layout.place(stage?.said ?? null, index)))
  const before = map.stages.map(({ key }) => map.compared?.stages.find((one) => one.key === key))
  context.lineCap = 'round'
  for (const run of runsOf(before)) stroke(context, smoothPath(run), colours('mute'), 1.3)
  for (const run of runsOf(map.stages)) {
    context.save()
    context.globalAlpha = 0.16
    context.fillStyle = gradient
    context.fill(new Path2D(bandPath(run)))
    context.restore()
    stroke(context, smoothPath(run), gradient, 3.4)
  }
}

function stroke(
  context: CanvasRenderingContext2D,
  path: string,
  style: string | CanvasGradient,
  width: number,
) {
  context.strokeStyle = style
  context.lineWidth = width
  context.stroke(new Path2D(path))
}

function drawStop(pen: Pen, words: ExportWords, layout: Layout, stages: MapStage[], index: number): void {
  const stage = stages[index]
  if (!stage || stage.persons === 0) return
  const place = layout.place(stage.said, index)
  const x = layout.x(index)
  if (!place) {
    const expected = shown(stage.expected)
    const label = expected ? words.expected(stage) : words.short('said', null)
    const y = layout.saidY(expected?.mean ?? 0)
    return void pen.text(label, x, y - 8, { size: 11.5, colour: 'mute', align: 'center', halo: 'card' })
  }
  const { context, colours } = pen
  const tone = words.toneOf('said', stage.said)
  context.beginPath()
  context.arc(x, place.y, 6, 0, 2 * Math.PI)
  context.fillStyle = colours('card')
  context.fill()
  context.strokeStyle = colours(tone)
  context.lineWidth = 3
  context.stroke()
  const heights = stages.map(heightOf)
  const y = isPeak(heights, index)
    ? Math.min(place.high, place.y - 9) - 9
    : Math.max(place.low, place.y + 9) + 18
  const size = weightOf(stage.said) === 'number' ? 17 : 12
  pen.text(words.short('said', stage.said), x, y, {
    size,
    weight: 680,
    colour: `${tone}-ink`,
    align: 'center',
    halo: 'card',
  })
  if (!stage.said) return
  const range = { size: 10.5, colour: 'mute', align: 'center', halo: 'card' } as const
  pen.text(words.range('said', stage.said), x, isPeak(heights, index) ? y - size : y + 15, range)
}
