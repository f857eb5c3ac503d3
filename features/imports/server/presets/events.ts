import { hash128 } from '../../../../kernel/hash128.ts'
import type { TableMapping } from '../../contract.ts'
import {
  type Cell,
  type Message,
  type Preset,
  type PresetOptions,
  type RowReader,
  trouble,
} from '../import-stage.ts'
import { getMapping } from '../mapping/get-mapping.ts'
import {
  type CellReader,
  catchTrouble,
  createCellReader,
  createRestReader,
  type PersonFields,
  readPerson,
} from '../mapping/read-cells.ts'

/** A table of events of any kind, one row each. */
export const events: Preset = {
  async prepare(files, options) {
    const mapping = getMapping('events', options.mapping)
    return files.map((file) => ({ file, compile: (columns) => compileEvents(mapping, columns, options) }))
  },
}

export function compileEvents(
  mapping: TableMapping,
  columns: readonly string[],
  options: PresetOptions,
): RowReader {
  const row = createCellReader(mapping, columns, options)
  const readRest = createRestReader(mapping, columns)
  return (cells) =>
    catchTrouble(() => {
      row.take(cells)
      const name = row.text('name') || mapping.eventName || ''
      if (name === '') return trouble('missing_value', `“${mapping.fields.name}”: “”`)
      const at = row.time('time')
      if (at === undefined) return trouble('missing_value', `“${mapping.fields.time}”: “”`)
      const order = row.text('order_id')
      const person: PersonFields | undefined =
        readPerson(row) ?? (order === '' ? undefined : { anonymousId: `order:${order}` })
      if (!person) return trouble('no_person')
      return [writeEvent(row, name, at, person, readRest(cells), cells)]
    })
}

/** Built step by step: copying objects into one another takes most of the time of an import. */
function writeEvent(
  row: CellReader,
  name: string,
  at: number,
  person: PersonFields,
  properties: Record<string, unknown>,
  cells: readonly Cell[],
): Message {
  const timestamp = new Date(at).toISOString()
  const whose = person.userId ?? person.anonymousId ?? JSON.stringify(person.context)
  const isPage = PAGE_NAMES.test(name)
  const message: Message = {
    type: isPage ? 'page' : 'track',
    messageId: row.text('message_id') || nameRow(cells, name, timestamp, whose),
    timestamp,
    properties,
  }
  if (!isPage) message.event = name
  if (person.userId !== undefined) message.userId = person.userId
  if (person.anonymousId !== undefined) message.anonymousId = person.anonymousId
  addMoneyAndOrder(row, properties)
  message.context = writeContext(row, person.context)
  return message
}

/** Exports write page views as an event called so. */
const PAGE_NAMES = /^(?:page|page ?view(?:ed)?|pageview|\$pageview|page_view)$/i

function addMoneyAndOrder(row: CellReader, properties: Record<string, unknown>): void {
  const value = row.amount('value')
  const order = row.text('order_id')
  if (value !== undefined) {
    properties.value = value
    properties.currency = row.currency()
  }
  if (order !== '') properties.order_id = order
}

function writeContext(row: CellReader, known: Record<string, unknown> | undefined): Message['context'] {
  const [url, referrer, session] = [row.text('url'), row.text('referrer'), row.text('session_id')]
  if (url === '' && referrer === '' && session === '') return known
  const context: Record<string, unknown> = known ?? {}
  const page: Record<string, unknown> = {}
  if (url !== '') page.url = url
  if (referrer !== '') page.referrer = referrer
  context.page = page
  if (session !== '') context.sessionId = session
  return context
}

/**
 * A row without an id is named by all that it says, so that it is the same event in every file in which it stands. Two
 * rows that are alike in every column are one event: nothing tells them apart.
 */
function nameRow(cells: readonly Cell[], ...said: string[]): string {
  const isText = cells.every((cell) => typeof cell === 'string')
  const texts = isText ? cells : cells.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell)))
  return `events:${hash128(...said, texts.join('\u001f').replaceAll('\0', ''))}`
}
