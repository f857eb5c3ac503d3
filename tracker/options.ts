/**
 * Calls made before the script came, each with its time. A second tag in the same page finds the object of the first,
 * which has no queue: it fails here and does nothing.
 */
export const early = [...(window.tropa || { q: [] }).q]

/** Our own element. `document.currentScript` would be null where a tag manager or a module puts it into the page. */
const script = document.querySelector('script[data-key]') as HTMLScriptElement

export const data = script.dataset
export const endpoint = new URL('/v1/b', data.host || script.src)
