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
  const readCells = createCellReader(mapping, columns, options)
  const readRest = createRestReader(mapping, columns)
  return (cells) =>
    catchTrouble(() => {
      const row = readCells(cells)
      const name = row.text('name') || mapping.eventName || ''
      if (name === '') return trouble('missing_value', `“${mapping.fields.name}”: “”`)
      const at = row.time('time')
      if (at === undefined) return trouble('missing_value', `“${mapping.fields.time}”: “”`)
      const order = row.text('order_id')
      const person = readPerson(row) ?? (order === '' ? undefined : { anonymousId: `order:${order}` })
      if (!person) return trouble('no_person')
      const timestamp = new Date(at).toISOString()
      const whose = person.userId ?? person.anonymousId ?? JSON.stringify(person.context)
      return [
        {
          ...writeType(name),
          messageId: row.text('message_id') || nameRow(cells, name, timestamp, whose),
          timestamp,
          ...person,
          properties: { ...readRest(cells), ...describeEvent(row) },
          ...writeContext(row, person.context),
        },
      ]
    })
}

/** Exports write page views as an event called so. */
function writeType(name: string): Pick<Message, 'type' | 'event' | 'name'> {
  return /^(page|page ?view(ed)?|pageview|\$pageview|page_view)$/i.test(name)
    ? { type: 'page' }
    : { type: 'track', event: name }
}

/**
 * A row without an id is named by all that it says, so that it is the same event in every file in which it stands. Two
 * rows that are alike in every column are one event: nothing tells them apart.
 */
function nameRow(cells: readonly Cell[], ...said: string[]): string {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '')))
  return `events:${hash128(...said, texts.join('\u001f').replaceAll('\0', ''))}`
}

function describeEvent(row: CellReader): Record<string, unknown> {
  const value = row.amount('value')
  const order = row.text('order_id')
  return {
    ...(value === undefined ? {} : { value, currency: row.currency() }),
    ...(order === '' ? {} : { order_id: order }),
  }
}

function writeContext(row: CellReader, known: Record<string, unknown> | undefined): Pick<Message, 'context'> {
  const [url, referrer, session] = [row.text('url'), row.text('referrer'), row.text('session_id')]
  if (url === '' && referrer === '' && session === '') return known ? { context: known } : {}
  const page = { ...(url === '' ? {} : { url }), ...(referrer === '' ? {} : { referrer }) }
  return { context: { ...known, page, ...(session === '' ? {} : { sessionId: session }) } }
}
