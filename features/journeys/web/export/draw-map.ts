import type { JourneyMap, MapStage, MapTouchpoint } from '../../contract.ts'
import { shown } from '../judge.ts'
import { listUsed } from '../list-used.ts'
import { PICTURE_HEIGHT } from '../picture-layout.ts'
import { drawPicture } from './draw-picture.ts'
import type { ExportWords } from './export-words.ts'
import type { Pen } from './pen.ts'

const PAD = 44
const STEP = 150
const LEAST_WIDTH = 1_500
const SHOWN_TOUCHPOINTS = 6

export const widthOf = (stages: number): number => Math.max(LEAST_WIDTH, STEP * stages + 2 * PAD)

/** Draws the whole page, title to footnotes, and answers its height. Drawn twice: once to know the height. */
export function drawMap(pen: Pen, map: JourneyMap, words: ExportWords): number {
  const width = widthOf(map.stages.length)
  const inner = width - 2 * PAD
  const step = inner / Math.max(1, map.stages.length)
  pen.text(words.title, PAD, PAD + 30, { size: 32, weight: 660 })
  pen.text(words.shop, width - PAD, PAD + 30, { size: 16, weight: 560, colour: 'mute', align: 'right' })
  pen.text(words.facts, PAD, PAD + 58, { size: 15, colour: 'mute' })
  let y = drawSentences(pen, words, PAD + 92, inner) + 26
  const top = y
  // The card is drawn before what stands on it, so its height is measured on the first pass.
  const bottom = top + 62 + PICTURE_HEIGHT + heightOfColumns(pen, map, words, step) + 16
  pen.box(PAD, top, inner, bottom - top, 'card', 18)
  for (const [index, stage] of map.stages.entries()) {
    const x = PAD + step * index
    if (index > 0) pen.line(x, top, x, bottom, 'line')
    pen.text(words.stage(stage.key), x + 14, top + 26, { size: 14.5, weight: 640 })
    pen.text(words.persons(stage.persons), x + 14, top + 45, { size: 12.5, colour: 'mute' })
  }
  y = top + 62
  pen.context.save()
  pen.context.translate(PAD, y)
  drawPicture(pen, map, words, step)
  pen.context.restore()
  y += PICTURE_HEIGHT + 22
  for (const [index, stage] of map.stages.entries())
    drawColumn(pen, words, stage, PAD + step * index, y, step)
  return drawNotes(pen, words, bottom + 26, inner) + PAD - 12
}

function drawSentences(pen: Pen, words: ExportWords, top: number, inner: number): number {
  const width = inner / 3
  const heights = words.sentences.map(({ label, text, tone }, index) => {
    const x = PAD + width * index
    pen.text(label, x + 16, top + 12, { size: 13, weight: 600, colour: 'mute' })
    const taken = pen.text(text, x + 16, top + 36, { size: 16, width: width - 44 })
    pen.box(x, top, 3, 34 + taken, tone, 2)
    return 34 + taken
  })
  return top + Math.max(...heights)
}

function linesOf(pen: Pen, words: ExportWords, touchpoint: MapTouchpoint, step: number): string[] {
  return pen.wrap(words.touchpoint(touchpoint.key), { size: 13, width: step - 24 })
}

function heightOfColumns(pen: Pen, map: JourneyMap, words: ExportWords, step: number): number {
  const heights = map.stages.map(({ touchpoints }) =>
    listUsed({ touchpoints })
      .slice(0, SHOWN_TOUCHPOINTS)
      .reduce((sum, one) => sum + linesOf(pen, words, one, step).length * 17 + 26, 0),
  )
  return 74 + Math.max(0, ...heights)
}

function drawColumn(
  pen: Pen,
  words: ExportWords,
  stage: MapStage,
  left: number,
  top: number,
  step: number,
): void {
  const x = left + 14
  pen.text(words.onward(stage), x, top, { size: 12, colour: 'mute', width: step - 20 })
  let y = top + 40
  for (const touchpoint of listUsed(stage).slice(0, SHOWN_TOUCHPOINTS)) {
    y += pen.text(words.touchpoint(touchpoint.key), x, y, { size: 13, width: step - 24, lineHeight: 1.3 })
    drawFigures(pen, words, touchpoint, x, y)
    y += 26
  }
  const rest = listUsed(stage).length - SHOWN_TOUCHPOINTS
  const last = rest > 0 ? `${words.more(rest)} · ${words.heard(stage)}` : words.heard(stage)
  pen.text(last, x, y, { size: 11.5, colour: 'mute' })
}

function drawFigures(pen: Pen, words: ExportWords, touchpoint: MapTouchpoint, x: number, y: number): void {
  let at = x
  for (const measure of ['said', 'kept'] as const) {
    const estimate = shown(touchpoint[measure])
    if (!estimate) continue
    const text = words.short(measure, estimate)
    pen.text(text, at, y, { size: 13, weight: 640, colour: `${words.toneOf(measure, estimate)}-ink` })
    at += pen.context.measureText(text).width + 10
  }
  if (at === x) pen.text(words.short('said', null), x, y, { size: 12, colour: 'mute' })
}

function drawNotes(pen: Pen, words: ExportWords, top: number, inner: number): number {
  return words.notes.reduce(
    (y, note) => y + pen.text(note, PAD, y, { size: 11.5, colour: 'mute', width: inner }) + 5,
    top,
  )
}
