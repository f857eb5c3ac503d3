import { getOffset } from '../../kernel/time-zone.ts'
import type { DemoMessage } from '../messages/message-book.ts'
import { ZONE } from '../world/places.ts'

/** What a shop can know of one person, read from nothing but their messages. Times are ms since 1970. */
export interface PersonRow {
  firstAt: number
  source: 'ad' | 'direct' | 'young' | 'other'
  category: string
  isPhone: boolean
  isEvening: boolean
  sawCatalogue: boolean
  contact: ContactRow | undefined
  order: OrderRow | undefined
  failures: { isSolvedWell: boolean }[]
  nps: number | undefined
  isSubscriber: boolean
  isSentNewsletter: boolean
  isOpener: boolean
  repeatAt: number | undefined
  /** Marks given for contacts, by whom the answer was. */
  contactMarks: { score: number; operator: string; isHard: boolean; seconds: number }[]
}

export interface ContactRow {
  way: string
  seconds: number | undefined
  isBreach: boolean
}

export interface OrderRow {
  at: number
  delivery: string
  payment: string
  region: string
  insert: boolean
  arrivedAt: number | undefined
  lateDays: number | undefined
  receivedAt: number | undefined
  refusedAt: number | undefined
}

type Messages = readonly DemoMessage[]
const HARD = new Set(['compatibility', 'setup', 'defect'])

export function readRow(messages: Messages): PersonRow | undefined {
  const pages = messages.filter(({ type }) => type === 'page')
  const first = pages[0]
  if (!first) return undefined
  const order = readOrder(messages, '-1')
  const repeat = named(messages, 'Order Completed').find((message) =>
    textOf(message, 'order_id').endsWith('-2'),
  )
  const browsed = messages.filter(
    (message) => message.context?.page !== undefined && (!order || timeOf(message) <= order.at),
  )
  const opened = named(messages, 'Email Opened').map((message) => textOf(message, 'campaign'))
  return {
    firstAt: timeOf(first),
    source: readSource(first),
    category: readCategory(messages),
    isPhone: (first.context?.device as { type?: string } | undefined)?.type === 'mobile',
    isEvening: isEvening(timeOf(lastVisit(browsed) ?? first)),
    sawCatalogue: pages.some((page) => pageOf(page).path.startsWith('/catalog')),
    contact: readContact(messages),
    order,
    failures: named(messages, 'Case Resolved').map((message) => ({
      isSolvedWell: message.properties?.solved === 1,
    })),
    nps: named(messages, 'Feedback Given').find(({ properties }) => properties?.kind === 'nps')?.properties
      ?.score as number | undefined,
    isSubscriber: named(messages, 'Newsletter Subscribed').length > 0,
    isSentNewsletter: named(messages, 'Email Delivered').length > 0,
    isOpener: opened.includes('news-1') || opened.includes('news-2'),
    repeatAt: repeat && timeOf(repeat),
    contactMarks: readContactMarks(messages),
  }
}

function named(messages: Messages, event: string): DemoMessage[] {
  return messages.filter((message) => message.event === event)
}

function timeOf({ timestamp }: DemoMessage): number {
  return Date.parse(timestamp)
}

function textOf({ properties }: DemoMessage, key: string): string {
  return String(properties?.[key] ?? '')
}

interface Page {
  url: string
  path: string
  referrer?: string
}

function pageOf({ context }: DemoMessage): Page {
  return (context?.page ?? { url: '', path: '' }) as Page
}

function readSource(landing: DemoMessage): PersonRow['source'] {
  const { url, referrer } = pageOf(landing)
  if (/utm_source=tiktok/.test(url)) return 'young'
  if (/utm_source=google&utm_medium=(cpc|display)/.test(url)) return 'ad'
  return !url.includes('?') && referrer === undefined ? 'direct' : 'other'
}

/** What they looked at, by the address of the product's or the category's page. */
function readCategory(messages: Messages): string {
  for (const message of messages) {
    const match = /^\/(?:catalog|product)\/([a-z]+)/.exec(pageOf(message).path)
    if (match) return match[1] as string
  }
  return ''
}

/** The first page of the last visit; half an hour of silence parts visits. */
function lastVisit(browsed: Messages): DemoMessage | undefined {
  let start = browsed[0]
  for (const [at, message] of browsed.entries()) {
    const before = browsed[at - 1]
    if (before && timeOf(message) - timeOf(before) > 6 * 3_600_000) start = message
  }
  return start
}

function isEvening(at: number): boolean {
  return new Date(at + getOffset(at, ZONE)).getUTCHours() >= 19
}

function readContact(messages: Messages): ContactRow | undefined {
  const started = named(messages, 'Contact Started').find((message) =>
    textOf(message, 'contact_id').endsWith('-first'),
  )
  if (!started) return undefined
  const answer = findAnswer(messages, textOf(started, 'contact_id'))
  const price = messages.find(({ properties }) => properties?.product_id !== undefined)?.properties?.price
  const quoted = answer?.properties?.quoted_price
  return {
    way: textOf(started, 'channel'),
    seconds: answer && (timeOf(answer) - timeOf(started)) / 1_000,
    isBreach: quoted !== undefined && quoted !== price,
  }
}

function findAnswer(messages: Messages, contact: string): DemoMessage | undefined {
  return named(messages, 'Contact Answered').find(
    (message) => textOf(message, 'contact_id') === contact && message.properties?.by === 'human',
  )
}

function readContactMarks(messages: Messages): PersonRow['contactMarks'] {
  return named(messages, 'Feedback Given').flatMap((message) => {
    const contact = textOf(message, 'contact_id')
    const started = named(messages, 'Contact Started').find((one) => textOf(one, 'contact_id') === contact)
    const answer = contact === '' ? undefined : findAnswer(messages, contact)
    if (!started || !answer) return []
    return {
      score: message.properties?.score as number,
      operator: textOf(answer, 'operator'),
      isHard: HARD.has(textOf(started, 'topic')),
      seconds: (timeOf(answer) - timeOf(started)) / 1_000,
    }
  })
}

function readOrder(messages: Messages, ending: string): OrderRow | undefined {
  const own = messages.filter((message) => textOf(message, 'order_id').endsWith(ending))
  const completed = named(own, 'Order Completed')[0]
  if (!completed) return undefined
  const at = (event: string) => {
    const message = named(own, event)[0]
    return message && timeOf(message)
  }
  const arrivedAt = at('Order Arrived')
  const promise = named(own, 'Promise Made')[0]
  return {
    at: timeOf(completed),
    delivery: textOf(completed, 'delivery_method'),
    payment: textOf(completed, 'payment_method'),
    region: textOf(completed, 'region'),
    insert: named(own, 'Order Packed')[0]?.properties?.insert === 'thank_you_card',
    arrivedAt,
    lateDays:
      promise && arrivedAt !== undefined ? daysLate(textOf(promise, 'promised_on'), arrivedAt) : undefined,
    receivedAt: at('Order Delivered'),
    refusedAt: at('Order Refused'),
  }
}

function daysLate(promisedOn: string, arrivedAt: number): number {
  const local = new Date(arrivedAt + getOffset(arrivedAt, ZONE)).toISOString().slice(0, 10)
  return Math.round((Date.parse(local) - Date.parse(promisedOn)) / 86_400_000)
}
