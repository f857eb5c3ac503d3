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
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.floor(entry?.contentRect.width ?? 0)
      // An element that is hidden for a while has no width; what it holds must not be thrown away for that.
      if (found > 0) setWidth(found)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [isUnknown])
  return { ref, width }
}
