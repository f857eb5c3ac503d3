import type { TimelineItem } from '../../../../platform/room.ts'
import type { MomentRow } from './moments-query.ts'

type Tone = NonNullable<TimelineItem['tone']>
type Values = TimelineItem['values']

/** Rows of moments → lines of the path. */
export function toMoment(row: MomentRow): TimelineItem {
  const { started_at: at, ended_at, channel, events } = row
  const ref = `${at}-${ended_at}`
  if (row.line === '')
    return {
      at,
      room: 'people',
      kind: 'timeline.visit',
      values: visitValues(row),
      channel,
      tone: 'quiet',
      ref,
    }
  const said = events === 1 ? readProperties(row.properties) : {}
  const values: Values = {
    name: row.line,
    events,
    seconds: Math.round((ended_at - at) / 1000),
    ...sayings(said),
  }
  return {
    at,
    room: 'people',
    kind: 'timeline.event',
    values,
    channel,
    tone: feelingOf(row.line, said),
    ref: `${ref}-${row.line}`,
  }
}

function visitValues(row: MomentRow): Values {
  const { pages, products, searches, added, entry, referrer, campaign, events } = row
  const seconds = Math.round((row.ended_at - row.started_at) / 1000)
  return { pages, products, searches, added, events, seconds, entry, referrer, campaign }
}

/** What an event says in words that a reader wants at once. */
const TOLD = [
  'comment',
  'text',
  'subject',
  'topic',
  'reason',
  'kind',
  'place',
  'store',
  'email_subject',
  'promised_on',
  'price',
]
const MAX_TEXT = 300

function sayings(properties: Record<string, unknown>): Values {
  const values: Values = {}
  for (const name of TOLD) {
    const value = properties[name]
    if (typeof value === 'string' && value !== '') values[name] = value.slice(0, MAX_TEXT)
    else if (typeof value === 'number') values[name] = value
  }
  for (const name of ['score', 'scale_max'] as const) {
    const value = Number(properties[name])
    if (properties[name] !== undefined && properties[name] !== null && Number.isFinite(value))
      values[name] = value
  }
  return values
}

/** Only what the person said is a feeling; 7 is easy in CES, NPS is an outcome and no feeling. */
function feelingOf(name: string, properties: Record<string, unknown>): Tone {
  if (name !== 'Feedback Given') return 'quiet'
  const { kind } = properties
  const score = Number(properties.score)
  if (!Number.isFinite(score) || kind === 'nps') return 'even'
  const middle = kind === 'ces' ? 4 : (1 + Number(properties.scale_max ?? 5)) / 2
  return score > middle ? 'won' : score < middle ? 'lost' : 'even'
}

function readProperties(text: string): Record<string, unknown> {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
