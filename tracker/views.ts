import { showCode } from './code.ts'
import { send, track } from './delivery.ts'
import { abandonForms } from './forms.ts'
import { address, ask, origin } from './page.ts'
import { findTemplate } from './template.ts'
import { reportVitals, resetVitals } from './vitals.ts'

let shown = ''
/** The view of which nothing was told yet. */
let subject: object | undefined

/** Records a view of the page if its address is a new one, or if it is asked for. */
export function view(isAsked?: boolean, name?: string, properties?: object): void {
  const url = address()
  if (url === shown && !isAsked) return
  if (shown) {
    leaveView()
    resetVitals()
    origin.referrer = shown
  }
  shown = url
  const template = findTemplate()
  subject = { template, path: location.pathname }
  send('page', { name, properties: { template, ...properties } })
  showCode()
  // A search tells in the markup how much it found.
  const results = ask('[data-tropa-search-results]', 'data-tropa-search-results')
  if (results)
    track('Products Searched', { query: ask('[data-tropa-search]', 'data-tropa-search'), results: +results })
}

/** Tells how fast the view was, once, when it is first hidden or left: on phones nothing may come after that. */
export function hideView(): void {
  if (subject) reportVitals(subject)
  subject = undefined
}

export function leaveView(): void {
  hideView()
  abandonForms()
}
