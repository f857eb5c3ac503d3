/** A site's host as it is compared: from `https://www.Чай.укр/каталог` to `xn--80as4b.xn--j1amh`. undefined if none. */
export function findDomainName(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase()
  const address = /^https?:\/\//.test(trimmed) ? trimmed : `http://${trimmed}`
  const host = URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
  // A name without a dot is only good for trying things on one's own machine.
  return host === 'localhost' || /^(?=.{1,253}$)([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(host)
    ? host
    : undefined
}
