import { showCode } from './code.ts'
import { send, track } from './delivery.ts'
import { abandonForms } from './forms.ts'
import { address, ask, mask, origin, path, told } from './page.ts'
import { findTemplate } from './template.ts'
import { reportVitals, resetVitals } from './vitals.ts'

/** The address that was viewed last. */
export let shown = ''
/** The view of which nothing was told yet. */
let subject: object | undefined

/** Records a view of the page. */
export function view(name?: string, properties?: object): void {
  if (shown) {
    hideView()
    abandonForms()
    resetVitals()
  }
  origin.referrer = shown || mask(document.referrer)
  shown = address()
  subject = { template: findTemplate(), path: path() }
  send('page', { name, properties: { ...subject, ...properties } })
  showCode()
  told.href = ''
  // A search tells in the markup how much it found.
  const results = ask('[data-tropa-search-results]', 'data-tropa-search-results')
  if (results) search({ query: ask('[data-tropa-search]', 'data-tropa-search'), results: +results })
}

/** People type their e-mail into any field. */
export function search(found: { query?: string | null; results: number }): void {
  track('Products Searched', { ...found, query: mask(found.query) })
}

/** Tells how fast the view was, once, when it is first hidden or left: on phones nothing may come after that. */
export function hideView(): void {
  if (subject) reportVitals(subject)
  subject = undefined
}
