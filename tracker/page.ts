/**
 * Puts a star where a person or a secret stands: values of parameters that are named so (access_token, user-email),
 * e-mail addresses, long hexadecimal keys. Made before anything leaves the page.
 */
export const mask = (text?: string | null): string =>
  `${text || ''}`
    .slice(0, 2e3)
    .replace(
      /((token|mail|phone|pass\w*|pwd|secret|key|sid|auth|[?&](code|tel))=)[^&#]+|[\w.+-]{1,64}(@|%40)[\w.-]+|[\da-f]{32,}/gi,
      '$1*',
    )

export const path = (): string => mask(location.pathname)

/** The page's address. A hash is part of it only where it is a path (#/cart): others are places in a page, or secrets. */
export const address = (): string => mask(location.href.replace(/#(?![!/]).*/, ''))

/** Where this view came from: another document, or the view before in a page that changes without loading. */
export const origin: { referrer?: string } = {}

/** What the first such element in the page says in its attribute. */
export function ask(selector: string, attribute: string): string | null | undefined {
  return document.querySelector(selector)?.getAttribute(attribute)
}
