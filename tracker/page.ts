/**
 * Puts a star where a person or a secret stands: values of parameters that are named so (access_token, user-email),
 * e-mail addresses, long hexadecimal keys. Made before anything leaves the page.
 */
export const mask = (text?: string | null): string =>
  `${text || ''}`
    .slice(0, 2e3)
    .replace(
      /((token|mail|phone|pass\w*|pwd|secret|key|sid|[?&](code|tel))=)[^&#]+|[\w.+-]{1,64}(@|%40)[\w.-]+|[\da-f]{32,}/gi,
      '$1*',
    )

/**
 * What is being told, if it isn't of here and now: when it happened, of calls made before the script came; and until the
 * first view the address that the visitor came to. Many shops take the campaign out of it before the page has loaded.
 */
export const told = { at: 0, href: location.href }

/** The page's address. A hash is part of it only where it is a path (#/cart): others are places in a page, or secrets. */
export const address = (): string => mask((told.href || location.href).replace(/#(?![!/]).*/, ''))

export const path = (): string => new URL(address()).pathname

/** Where this view came from: another document, or the view before in a page that changes without loading. */
export const origin: { referrer?: string } = {}

/** What the first such element in the page says in its attribute. */
export function ask(selector: string, attribute: string): string | null | undefined {
  return document.querySelector(selector)?.getAttribute(attribute)
}
