/** What forms and clumsy code write where they have nothing: it would make one person of thousands. */
const NO_IDS = new Set(
  'null undefined none nan true false 0 -1 anonymous guest unknown user id 00000000-0000-0000-0000-000000000000'.split(
    ' ',
  ),
)
const NO_LOCAL_PARTS = new Set(
  'noreply no-reply no_reply donotreply none no null test nomail noemail no-email'.split(' '),
)
const NO_DOMAINS =
  /(^|\.)(example\.(com|org|net)|test|invalid|localhost)$|^(test|mail|email|domain)\.(com|ru|ua|test)$/
const ONE_DIGIT_ONLY = /(\d)\1{6,}$/
/** Seven in a row are somebody's luck; eight are a form filled in without thought. */
const COUNTED_UP = /12345678(90?)?$/

export function isPlaceholderId(id: string): boolean {
  return NO_IDS.has(id.toLowerCase())
}

/** `email` is normalised. Only both halves together tell: `test@test.com` is nobody, `olena@example.com` may stand in a trial. */
export function isPlaceholderEmail(email: string): boolean {
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  const domain = email.slice(at + 1)
  if (/^(no-?_?reply|do-?not-?reply)$/.test(local)) return true
  return NO_DOMAINS.test(domain) && NO_LOCAL_PARTS.has(local)
}

export function isPlaceholderPhone(phone: string): boolean {
  return ONE_DIGIT_ONLY.test(phone) || COUNTED_UP.test(phone)
}
