import { track } from './delivery.ts'
import { on } from './guard.ts'
import { mask } from './page.ts'

const CLICKABLE = 'a,button,[role=button]'
/** Text there is the visitor's own; and what a click does there (opens a list, sets the cursor) a page can't see. */
const OWN = 'input,select,textarea,[contenteditable]'
const CONTACT = /^(tel|mailto|tg|viber|whatsapp|https?:..(t|wa|m|api.whatsapp)\.(me|com)\/)[^?]*/
const CHANNELS: Record<string, string> = { tel: 'phone', mailto: 'email' }

let near: MouseEvent[] = []
/** The click after which nothing has changed yet. */
let pending: Event | undefined

const markChanged = () => {
  pending = undefined
}

/** Three clicks on the same within a second. */
function countRage(event: MouseEvent, element: Element): void {
  near = near.filter((past) => event.timeStamp - past.timeStamp < 1e3 && past.target === event.target)
  if (near.push(event) < 3) return
  near = []
  report('Rage', element)
}

/** A click is dead when nothing changes within two seconds: no node (every page redraws when its
 * address changes), no focus, no place in the page. */
function watchDead(event: MouseEvent, element: Element): void {
  if (pending || element.closest(OWN)) return
  pending = event
  const observer = new MutationObserver(markChanged)
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  setTimeout(() => {
    observer.disconnect()
    if (pending !== event) return
    markChanged()
    // A link that nobody stopped is being followed, however long the next page takes.
    const isFollowed = (element as HTMLAnchorElement).href && !event.defaultPrevented
    if (!isFollowed) report('Dead', element)
  }, 2e3)
}

function report(kind: string, element: Element): void {
  const { localName, id, classList, textContent } = element
  track(`${kind} Clicked`, {
    selector: [localName + (id && `#${id}`), ...classList].join('.'),
    text:
      element.closest(OWN) || element.querySelector(OWN)
        ? ''
        : mask((textContent as string).trim()).slice(0, 40),
  })
}

on<MouseEvent>('click', (event) => {
  const target = event.target as Element
  const control = target.closest<HTMLAnchorElement>(CLICKABLE)
  const [link, way] = CONTACT.exec(control?.href as string) || []
  if (link) track('Contact Link Clicked', { channel: CHANNELS[way as string] || 'messenger', link })
  // Clicks by keyboard have no place.
  if (!event.detail) return
  countRage(event, control || target)
  if (control || getComputedStyle(target).cursor === 'pointer') watchDead(event, control || target)
})
on('scroll focusin input submit blur', markChanged)
