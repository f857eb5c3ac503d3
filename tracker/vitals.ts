import { track } from './delivery.ts'
import { guard } from './guard.ts'

/** What the observed kinds of entries have, each some of it. */
interface Entry extends PerformanceEntry {
  /** Of a paint. */
  size?: number
  /** Of an event; 0 where it is no tap, click or key. */
  interactionId?: number
  /** Of a shift of the layout. */
  value?: number
  hadRecentInput?: boolean
}

/** What is known of the view that lasts. */
let view: { lcp?: number; inp?: number; cls?: number } = {}
/** A page that was opened in the background is painted when nobody waits for it. */
let countsPaint = !document.hidden
/** The window of shifts that is open: its sum, its first and its latest moment. */
let sum = 0
let first = 0
let latest = 0

function takeEntry({ size, startTime, duration, interactionId, value, hadRecentInput }: Entry): void {
  if (size && countsPaint) view.lcp = startTime
  // One tap makes several events (pointerdown, pointerup, click): the longest is what was waited for.
  if (interactionId && !((view.inp as number) > duration)) view.inp = duration
  // What moves within half a second of an input was asked for.
  if (!value || hadRecentInput) return
  // CLS is the worst window: shifts less than a second apart, five seconds in all.
  if (startTime - latest > 1e3 || startTime - first > 5e3) {
    sum = 0
    first = startTime
  }
  latest = startTime
  sum += value
  if (!((view.cls as number) > sum)) view.cls = sum
}

let observer: PerformanceObserver | undefined

/**
 * Looks back to the page's beginning too (`buffered`). Larger paints are no longer reported after the first input, by
 * the browser itself. Events shorter than the threshold are not reported at all, except the first input. The four kinds
 * are layout-shift, largest-contentful-paint, event and first-input.
 */
export const observe = guard(() => {
  observer = new PerformanceObserver((list) => list.getEntries().forEach(takeEntry))
  for (const type of PerformanceObserver.supportedEntryTypes)
    if (/^(la|ev|fi)/.test(type))
      observer.observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
})

/** What was measured of a view until now. INP is its longest interaction. */
export function reportVitals(subject: object): void {
  observer?.takeRecords().forEach(takeEntry)
  // Browsers that report shifts have this class: there, none is good.
  const cls = (window as { LayoutShift?: unknown }).LayoutShift && 0
  track('Page Measured', { ...subject, cls, ...view })
}

/** What follows belongs to another view, which has no largest paint: browsers know that of whole documents only. */
export function resetVitals(): void {
  view = {}
  countsPaint = false
  sum = 0
}
