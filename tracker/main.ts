import './clicks.ts'
import { code, showCode } from './code.ts'
import { flush, release, send, track } from './delivery.ts'
import { abandonForms, form } from './forms.ts'
import { guard, on } from './guard.ts'
import { data, type EarlyCall, early } from './options.ts'
import { address, told } from './page.ts'
import { hideView, search, shown, view } from './views.ts'
import { type Mode, makeId, touch, visitor } from './visitor.ts'
import { observe } from './vitals.ts'

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
  page: view,
  identify(userId?: string | object, traits?: object) {
    if (typeof userId === 'object') traits = userId
    else touch({ u: userId })
    send('identify', { traits })
  },
  alias: (userId: string, previousId = visitor.a) => send('alias', { userId, previousId }),
  form,
  search,
  code,
  consent,
  reset: () => touch({ u: '', a: makeId() }),
}

let isStarted = false

/**
 * While the page loads it needs its thread for itself: until then this script only hears what happens. Storage,
 * measuring and the first view come afterwards, or when the page itself has something to tell.
 */
function start(): void {
  if (isStarted) return
  isStarted = true
  // Back from the browser's memory: the visitor sees a page, and no script runs anew.
  on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && view())
  observe()
  consent()
  early?.forEach(
    guard(([name, args, time]: EarlyCall) => {
      told.at = time
      calls[name]?.(...args)
    }),
  )
  told.at = 0
}

for (const name in calls) {
  const call = calls[name] as Call
  calls[name] = guard((...args) => {
    start()
    return call(...args)
  })
}
if (early) window.tropa = calls as object

let seen: string | undefined

/** Views the page if its address is a new one that has rested between two looks. */
function look(): void {
  const url = address()
  if (url !== shown && (!shown || (data.spa !== 'off' && url === seen))) {
    // The first view began with the navigation, long before this script came.
    told.at = shown ? 0 : Date.now() - performance.now()
    view()
    told.at = 0
  }
  seen = url
}

/**
 * No event tells of pushState, and patching it would put us into the page's own calls; so the address is looked at. A
 * page that was opened in the background, or prepared by the browser ahead, is viewed when it is seen. Loading may take
 * long (of loading, interactive and complete), as pages wait for their slowest picture.
 */
setInterval(
  guard(() => {
    if (isStarted) {
      flush()
      if (!document.hidden) look()
    } else if (document.readyState < 'i' || performance.now() > 5e3) start()
  }),
  250,
)

// Of phones this is the last that is heard. A page that is closed while it is hidden was left before, or never seen.
on('visibilitychange pagehide', ({ type }) => {
  const isEnd = type < 'q'
  if (document.hidden !== isEnd) {
    start()
    // There won't be another.
    look()
    look()
    hideView()
  }
  if (isEnd) abandonForms()
  flush(true)
})
