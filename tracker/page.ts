/** The page's address. A hash is part of it only where it is a path (#/cart): others are places in a page, or secrets. */
export const address = (): string => location.href.replace(/#(?![!/]).*/, '')

/** Where this view came from: another document, or the view before in a page that changes without loading. */
export const origin = { referrer: document.referrer }

/** What the first such element in the page says in its attribute. */
export function ask(selector: string, attribute: string): string | null {
  const element = document.querySelector(selector)
  return element ? element.getAttribute(attribute) : ''
}
