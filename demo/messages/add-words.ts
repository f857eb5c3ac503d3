import type { Draw } from '../simulate/draw.ts'
import { isPriceBreach, isSlowAnswer } from '../simulate/draw-contact.ts'
import type { Life } from '../simulate/life.ts'
import { type Cause, WORDS } from '../world/words.ts'
import type { Properties } from './message-book.ts'
import type { TimedMessage } from './write-life.ts'

/** So many of those who give a mark write something beside it. */
const WRITE_SHARE = 0.2
const TOPS: Readonly<Record<string, number>> = { csat: 5, stars: 5, face: 5, nps: 10 }

/** The same messages, some marks with a `comment` that fits the place, the mark and what happened to this customer. */
export function addWords(messages: readonly TimedMessage[], draw: Draw, life: Life): TimedMessage[] {
  return messages.map((timed) => {
    const { message } = timed
    if (message.event !== 'Feedback Given' || !draw.happens(WRITE_SHARE)) return timed
    const comment = findWords(message.properties ?? {}, draw, life, messages)
    if (comment === undefined) return timed
    return { ...timed, message: { ...message, properties: { ...message.properties, comment } } }
  })
}

function findWords(
  given: Properties,
  draw: Draw,
  life: Life,
  messages: readonly TimedMessage[],
): string | undefined {
  const place = String(given.touchpoint ?? given.kind)
  const score = toShare(given)
  const causes = findCauses(place, life, messages)
  const fitting = WORDS.filter(
    ({ at, because, from, to }) =>
      at.includes(place) &&
      score >= from &&
      score <= to &&
      (because === undefined ? causes.length === 0 : causes.includes(because)),
  )
  const texts = fitting.flatMap((words) => words.texts)
  return texts.length > 0 ? draw.one(texts) : undefined
}

/** From 0, the lowest mark, to 1. */
function toShare({ kind, score }: Properties): number {
  const [low, high] = kind === 'nps' ? [0, 10] : [1, TOPS[String(kind)] ?? 5]
  return (Number(score) - low) / (high - low)
}

const CONTACTS = ['chat', 'phone_call', 'call_back', 'email_form', 'assistant']

/** What a customer has to say something about at this place. */
function findCauses(place: string, life: Life, messages: readonly TimedMessage[]): Cause[] {
  if (CONTACTS.includes(place)) return causesOfContact(life)
  if (place === 'parcel') return causesOfParcel(life, messages)
  if (['branch', 'courier', 'store_pickup'].includes(place)) return isLate(life) ? ['late'] : []
  return ['nps', 'survey', 'public_review'].includes(place) ? causesOfOpinion(life) : []
}

function causesOfContact(life: Life): Cause[] {
  const { contact } = life
  if (contact && isSlowAnswer(contact)) return ['slow']
  return contact && isPriceBreach(contact, life) ? ['other_price'] : []
}

function causesOfParcel({ order }: Life, messages: readonly TimedMessage[]): Cause[] {
  const opened = messages.find(({ message }) => message.event === 'Parcel Opened')
  if (opened?.message.properties?.parcel_whole === 0) return ['crumpled']
  return order?.hasInsert ? ['card'] : []
}

function causesOfOpinion({ order, after }: Life): Cause[] {
  const failures = after?.failures ?? []
  if (failures.length > 1) return ['twice']
  if (failures[0]) return [failures[0].isSolvedWell ? 'solved' : 'broken']
  return order && order.lateDays > 0 ? ['late'] : []
}

const isLate = ({ order }: Life) => (order?.lateDays ?? 0) > 0
