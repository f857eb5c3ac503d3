import { useLayoutEffect, useRef, useState } from 'react'

/**
 * The width of an element, known before the first paint, so that nothing jumps. Whoever knows it roughly says so by
 * `initial`: then the browser tells it when it has laid the page out anyway, and isn't made to do so in between.
 */
export function useWidth<Element extends HTMLElement>(initial?: number) {
  const ref = useRef<Element>(null)
  const [width, setWidth] = useState(initial ?? 0)
  const isUnknown = initial === undefined
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    if (isUnknown) setWidth(element.clientWidth)
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [isUnknown])
  return { ref, width }
}
