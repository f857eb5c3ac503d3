const LOCAL_PART = /^[^\s\p{Cc}\p{Cf}\p{Cs}@<>(),;:\\"[\]]+$/u
const DOMAIN_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
const MAX_LENGTH = 254
const MAX_LOCAL = 64

const domains = new Map<string, string | undefined>()
const MAX_REMEMBERED = 10_000

/**
 * An e-mail address as one person's key: trimmed, without `mailto:`, lower case, the domain in its ASCII form
 * (`пошта@приклад.укр` → `пошта@xn--80aikifvh.xn--j1amh`). undefined when it can't be an address. Dots and
 * `+tags` stay: only some providers ignore them, and two people must not become one.
 */
export function normaliseEmail(text: string): string | undefined {
  if (text.length > 320) return undefined
  const trimmed = text.trim().replace(/^mailto:/i, '')
  const at = trimmed.lastIndexOf('@')
  if (at < 1) return undefined
  const local = trimmed.slice(0, at).normalize('NFC').toLowerCase()
  if (local.length > MAX_LOCAL || !LOCAL_PART.test(local)) return undefined
  const domain = findDomain(trimmed.slice(at + 1).toLowerCase())
  if (domain === undefined) return undefined
  const address = `${local}@${domain}`
  return address.length <= MAX_LENGTH ? address : undefined
}

function findDomain(domain: string): string | undefined {
  if (domains.has(domain)) return domains.get(domain)
  const ascii = toAscii(domain)
  if (domains.size >= MAX_REMEMBERED) domains.clear()
  domains.set(domain, ascii)
  return ascii
}

function toAscii(domain: string): string | undefined {
  // A URL's host is put through IDNA by every engine; what could end or change the host is refused first.
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(domain)) return undefined
  const url = `http://${domain}/`
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  const labels = host.split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length < 2 || last.length < 2 || /^\d+$/.test(last)) return undefined
  return labels.every((label) => DOMAIN_LABEL.test(label)) ? host : undefined
}
