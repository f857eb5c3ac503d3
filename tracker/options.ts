export type EarlyCall = [name: string, args: never[], time: number]

interface Ours {
  q?: EarlyCall[]
  /** Only the script's own object has it. */
  code?: unknown
}

declare global {
  interface Window {
    tropa?: Ours
  }
}

/** What stands under our name already: the queue of calls made before the script came, or somebody else's object. */
const before: Ours = window.tropa || { q: [] }

// A second tag in the same page finds what the first has put there, and does nothing.
if (before.code) throw 0

/** Without it the name belongs to another program, whose object stays where it is: then pages have nothing to call. */
export const early = before.q

export let script: HTMLScriptElement
export let data: DOMStringMap

/**
 * Finds our own tag, by the form of its key: other programs have a data-key too. `document.currentScript` would name it
 * at once, but half of what this script may cost while a page loads would go into it. Throws where there is none.
 */
export function findTag(): void {
  script = document.querySelector('[data-key^=wk_]') as HTMLScriptElement
  data = script.dataset
}
