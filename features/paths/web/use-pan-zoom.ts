import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'

interface View {
  x: number
  y: number
  /** Units of the drawing that are seen, as a share of the whole. */
  scale: number
}

const WHOLE: View = { x: 0, y: 0, scale: 1 }
const LEAST = 0.15
const STEP = 0.12
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}
const ZOOMS: Record<string, number> = { '+': 0.8, '=': 0.8, '-': 1.25 }

function keepInside(next: View): View {
  const scale = Math.min(1, Math.max(LEAST, next.scale))
  const inside = (at: number) => Math.min(1 - scale, Math.max(0, at))
  return { scale, x: inside(next.x), y: inside(next.y) }
}

/** The middle of what is seen stays in the middle. */
function zoomView(at: View, by: number): View {
  const scale = Math.min(1, Math.max(LEAST, at.scale * by))
  const shift = (at.scale - scale) / 2
  return keepInside({ scale, x: at.x + shift, y: at.y + shift })
}

const moveView = (at: View, x: number, y: number): View =>
  keepInside({ ...at, x: at.x + x * at.scale, y: at.y + y * at.scale })

/** What is seen of a drawing: dragged by pointer, moved by arrow keys, + and − come closer and go back, 0 shows all. */
export function usePanZoom({ width, height }: { width: number; height: number }) {
  const [view, setView] = useState(WHOLE)
  const drag = useRef<{ x: number; y: number; from: View } | undefined>(undefined)
  const zoom = (by: number) => setView((at) => zoomView(at, by))
  const reset = () => setView(WHOLE)
  return {
    box: `${view.x * width} ${view.y * height} ${view.scale * width} ${view.scale * height}`,
    zoom,
    reset,
    handlers: {
      onKeyDown(event: KeyboardEvent) {
        const way = MOVES[event.key]
        const by = ZOOMS[event.key]
        const isKnown = way !== undefined || by !== undefined || event.key === '0'
        if (!isKnown || event.target !== event.currentTarget) return
        event.preventDefault()
        if (way) setView((at) => moveView(at, ...way))
        else if (by) zoom(by)
        else reset()
      },
      onPointerDown(event: PointerEvent) {
        drag.current = { x: event.clientX, y: event.clientY, from: view }
      },
      onPointerMove(event: PointerEvent) {
        const begun = drag.current
        if (!begun || event.buttons === 0) return
        const box = event.currentTarget.getBoundingClientRect()
        const [x, y] = [(event.clientX - begun.x) / box.width, (event.clientY - begun.y) / box.height]
        setView(moveView(begun.from, -x, -y))
      },
      onPointerUp() {
        drag.current = undefined
      },
    },
  }
}
