import { randomUUID } from 'node:crypto'
import { messageHash } from '../../../../kernel/hash128.ts'
import { toStoredJson } from '../../../../kernel/stored-json.ts'
import { cutText } from '../../../../kernel/text.ts'
import type { EventKind } from '../../../../platform/feed/event-row.ts'
import { type Draft, type Drop, drop, isObject, mark, readText, type StepContext } from './step.ts'

const KINDS: ReadonlySet<string> = new Set<EventKind>([
  'track',
  'page',
  'screen',
  'identify',
  'group',
  'alias',
])
const MAX_ID = 255
const MAX_NAME = 255

/** What careless code writes where it has no id: it would make one person of thousands. */
const PLACEHOLDERS = new Set([
  ...'null undefined none nil nan true false 0 -1 anonymous guest unknown user userid user_id id'.split(' '),
  '[object object]',
  '00000000-0000-0000-0000-000000000000',
])

/** Brings the message's own fields into one form: kind, name, ids, and the three objects that are kept whole. */
export function normalise(draft: Draft, context: StepContext): Drop | undefined {
  return readKind(draft, context) ?? readObjects(draft) ?? readIds(draft) ?? readMessageId(draft, context)
}

function readKind(draft: Draft, context: StepContext): Drop | undefined {
  const { message, row } = draft
  const kind = context.kind ?? message.type
  if (typeof kind !== 'string' || !KINDS.has(kind))
    return drop('unknown_type', kind === undefined ? 'type is missing' : `type is ${show(kind)}`)
  row.kind = kind as EventKind
  if (kind === 'track') {
    const name = readText(message.event).trim()
    if (name === '')
      return drop(
        'no_event_name',
        message.event === undefined ? 'event is missing' : `event is ${show(message.event)}`,
      )
    row.name = cutTo(draft, name, MAX_NAME)
  } else if (kind === 'page' || kind === 'screen')
    row.name = cutTo(draft, readText(message.name).trim(), MAX_NAME)
  return undefined
}

function readObjects(draft: Draft): Drop | undefined {
  const { message, row } = draft
  for (const field of ['properties', 'traits', 'context'] as const) {
    const given = message[field]
    if (given === undefined || given === null) continue
    if (!isObject(given)) return drop('wrong_type', `${field} is ${show(given)} and not an object`)
    draft[field] = given
  }
  addKindFields(draft)
  row.properties = toStoredJson(draft.properties)
  row.traits = toStoredJson(draft.traits)
  row.context = toStoredJson(draft.context)
  return undefined
}

/** What some kinds name beside the objects (the former id, the group, the category) is kept among the properties. */
function addKindFields(draft: Draft): void {
  const { message, row, properties } = draft
  if (row.kind === 'alias')
    draft.properties = { ...properties, previousId: readText(message.previousId ?? message.from) }
  else if (row.kind === 'group') draft.properties = { ...properties, groupId: readText(message.groupId) }
  else if (row.kind !== 'track' && typeof message.category === 'string')
    draft.properties = { category: message.category, ...properties }
}

function readIds(draft: Draft): Drop | undefined {
  const { message, row } = draft
  const userId = readId(
    draft,
    'userId',
    row.kind === 'alias' ? (message.userId ?? message.to) : message.userId,
  )
  if (typeof userId !== 'string') return userId
  const anonymousId = readId(draft, 'anonymousId', message.anonymousId)
  if (typeof anonymousId !== 'string') return anonymousId
  row.user_id = userId
  row.anonymous_id = anonymousId
  return undefined
}

function readId(draft: Draft, field: string, given: unknown): string | Drop {
  if (given === undefined || given === null) return ''
  if (typeof given !== 'string' && typeof given !== 'number')
    return drop('wrong_type', `${field} is ${show(given)} and not a text`)
  const id = readText(given).trim()
  if (id.length > MAX_ID) return drop('id_too_long', `${field} has ${id.length} characters`)
  if (id === '' || !PLACEHOLDERS.has(id.toLowerCase())) return id
  mark(draft, 'placeholder_id')
  return ''
}

/** The whole id counts for telling repeats, also where only its beginning is kept. */
function readMessageId(draft: Draft, context: StepContext): Drop | undefined {
  const { message, row } = draft
  const given = message.messageId
  if (given !== undefined && given !== null && typeof given !== 'string' && typeof given !== 'number')
    return drop('wrong_type', `messageId is ${show(given)} and not a text`)
  const id = readText(given).trim() || randomUUID()
  row.message_id = cutTo(draft, id, MAX_ID)
  row.message_hash = messageHash(context.shop, id)
  return undefined
}

function cutTo(draft: Draft, text: string, length: number): string {
  if (text.length <= length) return text
  mark(draft, 'cut')
  return cutText(text, length)
}

/** A wrong value as its sender will recognise it, kept short. */
function show(value: unknown): string {
  return cutText(JSON.stringify(value) ?? String(value), 80)
}
