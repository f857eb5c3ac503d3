import { connect, type Socket } from 'node:net'
import { ID_LENGTH, ID_PLACE } from './make-messages.ts'

/** A request made once: its bytes, and where in them the message ids stand. */
export interface Template {
  bytes: Buffer
  ids: number[]
}

export interface LoadOptions {
  url: string
  connections: number
  /** Ends after so long, or so many requests. */
  milliseconds?: number
  requests?: number
  templates: readonly Template[]
  /** Ids of this run begin with it: one sign. */
  run: string
  /** Requests a second in all; as fast as answers come unless told otherwise. */
  perSecond?: number
}

export interface LoadResult {
  seconds: number
  answered: number
  events: number
  /** Answers by status. */
  statuses: Record<string, number>
  latencies: number[]
}

let counter = 0

/** Sends over raw sockets, one request at a time on each, so that the generator takes little of the cores it shares. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { hostname, port } = new URL(options.url)
  const result: LoadResult = { seconds: 0, answered: 0, events: 0, statuses: {}, latencies: [] }
  const start = performance.now()
  let sent = 0
  const goesOn = () =>
    performance.now() - start < (options.milliseconds ?? Number.POSITIVE_INFINITY) &&
    sent < (options.requests ?? Number.POSITIVE_INFINITY)
  async function work(): Promise<void> {
    const socket = connect(Number(port), hostname)
    socket.setNoDelay(true)
    while (goesOn()) {
      const due = options.perSecond === undefined ? 0 : start + (sent * 1000) / options.perSecond
      const template = options.templates[sent++ % options.templates.length] as Template
      const wait = due - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const asked = performance.now()
      const status = await ask(socket, fill(template, options.run))
      result.latencies.push(performance.now() - asked)
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
      result.answered++
      if (status === '200') result.events += template.ids.length
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: options.connections }, work))
  result.seconds = (performance.now() - start) / 1000
  return result
}

function fill({ bytes, ids }: Template, run: string): Buffer {
  const copy = Buffer.from(bytes)
  for (const at of ids) copy.write(run + String(counter++).padStart(ID_LENGTH - 1, '0'), at, 'latin1')
  return copy
}

/** Sends and waits for the whole answer; returns its status. */
function ask(socket: Socket, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const onData = (part: Buffer) => {
      text += part.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
      if (text.length < end + 4 + length) return
      socket.off('data', onData).off('error', reject)
      resolve(text.slice(9, 12))
    }
    socket.on('data', onData).once('error', reject)
    socket.write(bytes)
  })
}

/** The request for a body in which every message id is ID_PLACE. */
export function makeTemplate(path: string, key: string, body: unknown): Template {
  const text = JSON.stringify(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: bench',
    `Authorization: Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ].join('\r\n')
  const bytes = Buffer.from(`${head}\r\n\r\n${text}`)
  const ids: number[] = []
  for (let at = bytes.indexOf(ID_PLACE); at >= 0; at = bytes.indexOf(ID_PLACE, at + 1)) ids.push(at)
  return { bytes, ids }
}
