import { domToCanvas } from 'modern-screenshot'

/** Browsers refuse canvases beyond about this many pixels a side. */
const LONGEST_SIDE = 16_000
const SCALE = 2
const MARGIN = 32

export interface PictureWords {
  title: string
  /** Under the title: shop, period, who. */
  facts: string
}

/**
 * The report as it stands on the screen, with its title above, as a PNG at twice the size. Parts marked
 * `data-not-in-picture` (buttons that a picture can't press) are left out.
 */
export async function takePicture(node: HTMLElement, words: PictureWords): Promise<Blob> {
  // Canvas doesn't wait for fonts: both alphabets are asked for before anything is drawn.
  await Promise.all([440, 660].map((weight) => document.fonts.load(`${weight} 16px "Inter Variable"`, 'Aя')))
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(node.scrollWidth, node.scrollHeight))
  const body = await domToCanvas(node, {
    scale,
    backgroundColor: colour('paper'),
    filter: (one) => !(one instanceof HTMLElement && one.dataset.notInPicture !== undefined),
  })
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no canvas to draw on.')
  const width = body.width / scale
  const lines = wrapTitle(context, words.title, width)
  const head = MARGIN + lines.length * 36 + 34
  canvas.width = body.width + 2 * MARGIN * scale
  canvas.height = body.height + (head + MARGIN) * scale
  context.scale(scale, scale)
  context.fillStyle = colour('paper')
  context.fillRect(0, 0, canvas.width, canvas.height)
  writeHead(context, lines, words.facts, { ink: colour('ink'), mute: colour('mute') })
  context.drawImage(body, MARGIN, head, width, body.height / scale)
  return toPng(canvas)
}

const TITLE_FONT = '660 28px "Inter Variable", sans-serif'

function wrapTitle(context: CanvasRenderingContext2D, title: string, width: number): string[] {
  context.font = TITLE_FONT
  const lines = ['']
  for (const word of title.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.filter((line) => line !== '')
}

function writeHead(
  context: CanvasRenderingContext2D,
  lines: readonly string[],
  facts: string,
  colours: { ink: string; mute: string },
): void {
  context.textBaseline = 'top'
  context.font = TITLE_FONT
  context.fillStyle = colours.ink
  for (const [place, line] of lines.entries()) context.fillText(line, MARGIN, MARGIN + place * 36)
  context.font = '440 14px "Inter Variable", sans-serif'
  context.fillStyle = colours.mute
  context.fillText(facts, MARGIN, MARGIN + lines.length * 36)
}

function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.')))),
  )
}
