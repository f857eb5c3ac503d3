import { findCurrency } from '../../../../kernel/currencies.ts'
import { parseMoney } from '../../../../kernel/money.ts'
import { cutText } from '../../../../kernel/text.ts'
import { classifyChannel } from '../classify/channel.ts'
import { type Landing, readLanding } from '../classify/landing.ts'
import { type Draft, type JsonObject, mark, readObject, readText, type StepContext } from './step.ts'

const MAX_ADDRESS = 2_048
const MAX_WORD = 255

/** Reads out of properties and context what reports ask for most: address, campaign, visit, order, amount, channel. */
export function enrich(draft: Draft, context: StepContext): undefined {
  const page = readObject(draft.context.page)
  readAddress(draft, page)
  const landing = readCampaign(draft)
  const { row, properties } = draft
  row.session_id = word(
    draft.context.sessionId ?? draft.context.session_id ?? properties.session_id ?? properties.sessionId,
  )
  row.order_id = word(properties.order_id ?? properties.orderId)
  readAmount(draft, context)
  row.channel = classifyChannel({
    kind: row.kind,
    name: row.name,
    way: properties.channel,
    url: row.url,
    referrer: row.referrer,
    utm: landing.utm,
    clickId: landing.clickId?.param,
    shopDomains: context.domains,
    imported: context.origin === 'import',
  })
  return undefined
}

function readAddress({ row, properties }: Draft, page: JsonObject): void {
  row.url = cutText(readText(page.url) || readText(properties.url), MAX_ADDRESS)
  row.path = cutText(readText(page.path) || readText(properties.path) || pathOf(row.url), MAX_ADDRESS)
  row.referrer = cutText(readText(page.referrer) || readText(properties.referrer), MAX_ADDRESS)
}

/** The tags that the client names, else those of the address. */
function readCampaign({ row, context }: Draft): Landing {
  const landing = readLanding(row.url)
  const campaign = readObject(context.campaign)
  const { utm } = landing
  row.utm_source = word(campaign.source) || cutText(utm.source ?? '', MAX_WORD)
  row.utm_medium = word(campaign.medium) || cutText(utm.medium ?? '', MAX_WORD)
  row.utm_campaign = word(campaign.name) || cutText(utm.campaign ?? '', MAX_WORD)
  row.utm_content = word(campaign.content) || cutText(utm.content ?? '', MAX_WORD)
  row.utm_term = word(campaign.term) || cutText(utm.term ?? '', MAX_WORD)
  row.click_id = landing.clickId?.param ?? ''
  const named = {
    source: row.utm_source || undefined,
    medium: row.utm_medium || undefined,
    campaign: row.utm_campaign || undefined,
    content: row.utm_content || undefined,
    term: row.utm_term || undefined,
  }
  return { ...landing, utm: named }
}

/** Its `value` is a number of seconds, days or the like. */
const MEASURED_EVENT = 'Standard Measured'

/** The money of the event in minor units, in its own currency or the shop's. */
function readAmount(draft: Draft, context: StepContext): void {
  const { row, properties } = draft
  if (row.name === MEASURED_EVENT) return
  const given = properties.total ?? properties.revenue ?? properties.value
  if (row.kind !== 'track' || given === undefined || given === null || given === '') return
  const named = readText(properties.currency)
  const currency = named === '' ? context.currency : findCurrency(named)
  const isNumber = typeof given === 'number' || typeof given === 'string'
  const parsed = isNumber && currency !== undefined ? parseMoney(given, currency) : undefined
  if (parsed?.ok && currency !== undefined) {
    row.amount = parsed.minor
    row.currency = currency
  } else mark(draft, 'bad_amount')
}

function word(value: unknown): string {
  return cutText(readText(value), MAX_WORD)
}

/** `https://shop.example/a/b?c` → `/a/b`; '' for what has no path. */
function pathOf(url: string): string {
  const scheme = url.indexOf('://')
  if (scheme < 0) return ''
  const start = url.indexOf('/', scheme + 3)
  if (start < 0) return '/'
  const end = url.slice(start).search(/[?#]/)
  return end < 0 ? url.slice(start) : url.slice(start, start + end)
}
