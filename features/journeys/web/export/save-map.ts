import { download } from '../../../../web/download.ts'
import type { JourneyMap } from '../../contract.ts'
import { drawMap, widthOf } from './draw-map.ts'
import type { ExportWords } from './export-words.ts'
import { type Colours, createPen } from './pen.ts'

/** Browsers refuse canvases beyond about this many pixels a side. */
const LONGEST_SIDE = 16_000
const A4_LANDSCAPE = { width: 841.89, height: 595.28 }
const MARGIN = 24

/** Draws the map and hands it to the browser as a file. */
export async function saveMap(kind: 'png' | 'pdf', map: JourneyMap, words: ExportWords): Promise<void> {
  const canvas = await drawCanvas(map, words)
  const png = await toPng(canvas)
  if (kind === 'png') return download(png, `${words.fileName}.png`)
  download(await toPdf(await png.arrayBuffer(), words), `${words.fileName}.pdf`)
}

/** The tone that judges nothing has its colours under other names, as in base.css. */
const quiet: Record<string, string> = { quiet: 'edge', 'quiet-ink': 'mute', 'quiet-soft': 'sunk' }

async function drawCanvas(map: JourneyMap, words: ExportWords): Promise<HTMLCanvasElement> {
  // Canvas doesn't wait for fonts: both alphabets are asked for before anything is drawn.
  await Promise.all(
    [400, 560, 650].map((weight) => document.fonts.load(`${weight} 16px "Inter Variable"`, 'Aя')),
  )
  const style = getComputedStyle(document.documentElement)
  const colours: Colours = (name) => style.getPropertyValue(`--${quiet[name] ?? name}`).trim()
  const width = widthOf(map.stages.length)
  const height = Math.ceil(drawMap(createPen(contextOf(width, 100), colours), map, words))
  const scale = Math.min(2, LONGEST_SIDE / Math.max(width, height))
  const context = contextOf(width * scale, height * scale)
  context.scale(scale, scale)
  const pen = createPen(context, colours)
  pen.box(0, 0, width, height, 'paper')
  drawMap(pen, map, words)
  return context.canvas
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width)
  canvas.height = Math.round(height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no canvas to draw on.')
  return context
}

function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.')))),
  )
}

/** One page with the picture on it: it looks the same everywhere, whatever fonts a reader has. */
async function toPdf(png: ArrayBuffer, words: ExportWords): Promise<Blob> {
  const { PDFDocument } = await import('@cantoo/pdf-lib')
  const pdf = await PDFDocument.create()
  pdf.setTitle(`${words.title} · ${words.shop} · ${words.facts}`, { showInWindowTitleBar: true })
  pdf.setLanguage(document.documentElement.lang)
  pdf.setCreator('Tropa')
  const picture = await pdf.embedPng(png)
  const room = { width: A4_LANDSCAPE.width - 2 * MARGIN, height: A4_LANDSCAPE.height - 2 * MARGIN }
  const { width, height } = picture.scaleToFit(room.width, room.height)
  const page = pdf.addPage([A4_LANDSCAPE.width, A4_LANDSCAPE.height])
  page.drawImage(picture, {
    x: (A4_LANDSCAPE.width - width) / 2,
    y: (A4_LANDSCAPE.height - height) / 2,
    width,
    height,
  })
  return new Blob([(await pdf.save()) as Uint8Array<ArrayBuffer>], { type: 'application/pdf' })
}
