import './clicks.ts'
import { code, showCode } from './code.ts'
import { flush, release, send, told, track } from './delivery.ts'
import { form } from './forms.ts'
import { guard, on } from './guard.ts'
import { data, early } from './options.ts'
import { hideView, leaveView, view } from './views.ts'
import { type Mode, makeId, touch, visitor } from './visitor.ts'

/** Takes the visitor's answer. */
function consent(answer?: Mode): void {
  touch({ c: answer })
  release()
  showCode()
}

type Call = (...args: never[]) => unknown
type Calls = Record<string, Call>

/** What a page may call. Each call is safe with whatever it is given. */
const calls: Calls = {
  track,
  page: (name?: string, properties?: object) => view(true, name, properties),
  identify(userId?: string | object, traits?: object) {
    if (typeof userId === 'object') traits = userId
    else touch({ u: userId })
    send('identify', { traits })
  },
  alias: (userId: string, previousId = visitor.a) => send('alias', { userId, previousId }),
  form,
  search: (found: { query: string; results: number }) => track('Products Searched', found),
  code,
  consent,
  reset: () => touch({ u: '', a: makeId() }),
}

declare global {
  interface Window {
    tropa?: Calls & { q: [name: string, args: never[], time: number][] }
  }
}

for (const name in calls) calls[name] = guard(calls[name] as Call)
window.tropa = calls as Window['tropa']
// While the page loads it needs its thread for itself: the rest comes in turns of its own, each of a few milliseconds.
const start = guard(() => {
  consent()
  for (const [name, args, time] of early) {
    told.at = time
    guard(calls[name] as Call)(...args)
  }
  told.at = 0
})
setTimeout(start)

// The first view began with the navigation, long before this script came.
let began = Date.now() - performance.now()

function look(): void {
  if (document.hidden || (!began && data.spa === 'off')) return
  told.at = began
  guard(view)()
  told.at = began = 0
}

/**
 * No event tells of pushState, and patching it would put us into the page's own calls; so the address is looked at. Many
 * navigations at once (a slider that writes into the address) make one view of where they end. The first view waits for
 * the markup; a page that was opened in the background, or prepared by the browser ahead, is viewed when it is seen.
 */
function tick(): void {
  flush()
  // Of loading, interactive and complete.
  if (document.readyState < 'l') look()
}
setInterval(tick, 250)

on('visibilitychange', () => {
  if (!document.hidden) return
  hideView()
  flush(true)
})
on('pagehide', () => {
  look()
  leaveView()
  flush(true)
})
// Back from the browser's memory: the visitor sees a page, and no script runs anew.
on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && view(true))
