/**
 * Calls made before the script came, each with its time. A second tag in the same page finds the object of the first,
 * which has no queue: it fails here and does nothing.
 */
export const early = [...(window.tropa || { q: [] }).q]

/** Our own tag, however it came into the page; only a module would have none. */
const script = document.currentScript as HTMLScriptElement

export const data = script.dataset
export const endpoint = new URL('/v1/b', data.host || script.src)
