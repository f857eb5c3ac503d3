import { CLICK_IDS } from './click-ids.ts'

export interface Campaign {
  source?: string
  medium?: string
  campaign?: string
  term?: string
  content?: string
}

export interface ClickId {
  /** The parameter it came in: `gclid`, `yclid`, … */
  param: string
  value: string
}

export interface Landing {
  utm: Campaign
  clickId?: ClickId
}

const UTM_KEYS: ReadonlyMap<string, keyof Campaign> = new Map(
  (['source', 'medium', 'campaign', 'term', 'content'] as const).map((key) => [`utm_${key}`, key]),
)
const MAX_VALUE = 512

/** The UTM tags and the click id that a page address carries. Broken escapes are kept as written. */
export function readLanding(url: string): Landing {
  const landing: Landing = { utm: {} }
  const hash = url.indexOf('#')
  const end = hash < 0 ? url.length : hash
  let start = url.indexOf('?') + 1
  if (start === 0 || start > end) return landing
  while (start < end) {
    const ampersand = url.indexOf('&', start)
    const stop = ampersand < 0 || ampersand > end ? end : ampersand
    const equals = url.indexOf('=', start)
    if (equals < 0) break
    if (equals > start && equals < stop) {
      readPair(landing, url.slice(start, equals).toLowerCase(), url.slice(equals + 1, stop))
    }
    start = stop + 1
  }
  return landing
}

function readPair(landing: Landing, name: string, text: string): void {
  const tag = UTM_KEYS.get(name)
  if (!tag && !isStronger(name, landing.clickId)) return
  const value = decode(text).trim().slice(0, MAX_VALUE)
  if (value === '') return
  if (tag) landing.utm[tag] ??= value
  else landing.clickId = { param: name, value }
}

function isStronger(param: string, found: ClickId | undefined): boolean {
  const rule = CLICK_IDS.get(param)
  if (!rule) return false
  return !found || rule.rank < (CLICK_IDS.get(found.param)?.rank ?? Number.POSITIVE_INFINITY)
}

function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
