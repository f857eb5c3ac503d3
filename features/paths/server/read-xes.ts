import { AppError } from '../../../kernel/errors.ts'
import { parseTime } from '../../../kernel/parse-time.ts'
import type { OpenSource } from '../../imports/server/reads.ts'
import { createEventCollector, type EventCollector, type EventLog } from './event-log.ts'
import { createXmlScanner, type XmlHandler } from './xml-scanner.ts'

export interface XesKeys {
  /** The attribute of an event that names it. */
  event: string
  time: string
}

export const XES_KEYS: XesKeys = { event: 'concept:name', time: 'time:timestamp' }

const ENCODING = /^<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']/

/**
 * Reads an event log in XES (IEEE 1849): each trace is a case, each event an activity, whatever its life cycle.
 * Extensions, globals and classifiers are passed over; traces without events are no cases.
 */
export async function readXes(source: OpenSource, keys: XesKeys): Promise<EventLog> {
  const collector = createEventCollector()
  const scanner = createXmlScanner(createXesHandler(collector, keys))
  const decoder = createDecoder(source.head)
  for await (const chunk of source.readFrom(0)) scanner.push(decode(decoder, chunk))
  if (source.isCut()) throw new AppError('unprocessable', 'The packed file ends in its middle. Get it again.')
  scanner.push(decode(decoder))
  scanner.finish()
  return collector.finish()
}

function createDecoder(head: Buffer): TextDecoder {
  const isUtf16 = head[0] === 0xff || head[0] === 0xfe
  const declared = isUtf16
    ? 'utf-16'
    : (ENCODING.exec(head.toString('latin1', 0, 200).trimStart())?.[1] ?? 'utf-8')
  try {
    return new TextDecoder(head[0] === 0xfe ? 'utf-16be' : declared, { fatal: true })
  } catch {
    throw new AppError('unsupported', `The encoding “${declared}” isn’t read. Save the file as UTF-8.`)
  }
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch {
    throw new AppError('unprocessable', `The file is not written in ${decoder.encoding}, as it says.`)
  }
}

interface XesState {
  parents: string[]
  cases: number
  eventsOfCase: number
  name: string | undefined
  time: number
}

function createXesHandler(collector: EventCollector, keys: XesKeys): XmlHandler {
  const state: XesState = { parents: [], cases: 0, eventsOfCase: 0, name: undefined, time: Number.NaN }
  return {
    open(name, attributes, findLine) {
      const parent = state.parents.at(-1)
      if (parent === undefined && name !== 'log')
        throw new AppError(
          'unprocessable',
          `This is XML, but no event log: it begins with <${name}>, not <log>.`,
        )
      if (parent === 'event') readAttribute(state, keys, attributes, findLine)
      if (name === 'event' && parent === 'trace') {
        state.name = undefined
        state.time = Number.NaN
      } else if (name === 'trace') state.eventsOfCase = 0
      state.parents.push(name)
    },
    close(name, findLine) {
      state.parents.pop()
      const parent = state.parents.at(-1)
      if (name === 'event' && parent === 'trace') {
        if (state.name === undefined)
          throw new AppError(
            'unprocessable',
            `Line ${findLine()}: an event has no “${keys.event}”. Name its key by --event.`,
          )
        collector.add(state.cases, state.name, state.time)
        state.eventsOfCase += 1
      } else if (name === 'trace' && state.eventsOfCase > 0) state.cases += 1
    },
  }
}

function readAttribute(
  state: XesState,
  keys: XesKeys,
  { key, value = '' }: Record<string, string>,
  findLine: () => number,
): void {
  if (key === keys.event) state.name = value
  if (key !== keys.time) return
  const time = parseTime(value, { zone: 'UTC' })
  if (!time) throw new AppError('unprocessable', `Line ${findLine()}: “${value.slice(0, 40)}” is not a time.`)
  state.time = time.ms
}
