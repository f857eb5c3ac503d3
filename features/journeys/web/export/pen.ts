/** Colours of tokens.css as the page has them now, light or dark. */
export type Colours = (name: string) => string

export type TextStyle = {
  size: number
  weight?: number
  colour?: string
  align?: CanvasTextAlign
  /** Lines longer than this are broken between words. */
  width?: number
  lineHeight?: number
  /** Keeps the text legible on whatever lies under it. */
  halo?: string
}

export type Pen = ReturnType<typeof createPen>

/** A canvas with the few things the map needs of it. `colours` turns names of tokens.css into colours. */
export function createPen(context: CanvasRenderingContext2D, colours: Colours) {
  function setFont({ size, weight = 400 }: TextStyle) {
    context.font = `${weight} ${size}px "Inter Variable", "Segoe UI", system-ui, sans-serif`
  }

  /** Breaks text into lines of at most `width`; a single word that is wider stands alone. */
  function wrap(text: string, style: TextStyle): string[] {
    setFont(style)
    if (style.width === undefined) return [text]
    const lines: string[] = []
    for (const word of text.split(' ')) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
      if (lines.length > 0 && context.measureText(longer).width <= style.width)
        lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  }

  /** Writes with `y` as the first baseline; answers the height taken. */
  function text(words: string, x: number, y: number, style: TextStyle): number {
    const lines = wrap(words, style)
    const step = style.size * (style.lineHeight ?? 1.35)
    context.textAlign = style.align ?? 'left'
    lines.forEach((line, index) => {
      if (style.halo) {
        context.strokeStyle = colours(style.halo)
        context.lineWidth = 5
        context.lineJoin = 'round'
        context.strokeText(line, x, y + index * step)
      }
      context.fillStyle = colours(style.colour ?? 'ink')
      context.fillText(line, x, y + index * step)
    })
    return lines.length * step
  }

  function line(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    colour: string,
    width = 1,
    dash: number[] = [],
  ) {
    context.save()
    context.setLineDash(dash)
    context.strokeStyle = colours(colour)
    context.lineWidth = width
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
    context.restore()
  }

  function box(x: number, y: number, width: number, height: number, colour: string, radius = 0) {
    context.fillStyle = colours(colour)
    context.beginPath()
    context.roundRect(x, y, width, height, radius)
    context.fill()
  }

  return { context, colours, wrap, text, line, box }
}
