const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const NEEDS_CLEANING = /[\ud800-\udfff\0]/

/**
 * Text that both stores take and give back unchanged: lone surrogates become U+FFFD, as UTF-8 can't hold them,
 * and NUL is taken out, as PostgreSQL refuses it.
 */
export function cleanText(text: string): string {
  if (!NEEDS_CLEANING.test(text)) return text
  return text.replace(LONE_SURROGATES, '\ufffd').replaceAll('\0', '')
}

/** At most `length` UTF-16 units, never half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

/**
 * A secret as it may be shown and logged: enough to recognise one's own, never enough to guess. The start that
 * names its kind ("tropa_wk_") and four characters more are kept of long ones, nothing of short ones.
 */
export function maskSecret(secret: string): string {
  const kind = /^[a-z]{1,12}_(?:[a-z]{1,6}_)?/.exec(secret)?.[0] ?? ''
  const rest = secret.slice(kind.length)
  return rest.length < 16 ? `${kind}…` : `${kind}${rest.slice(0, 4)}…`
}
