import type { Socket } from 'node:net'
import {
  createFrameReader,
  type Frame,
  makeErrorFrame,
  makeFrame,
  ProtocolError,
  renameStatement,
} from './frames.ts'
import { REFUSE_COPY, type Session } from './session.ts'
import type { Participant, Turns } from './turns.ts'

export interface ClientOptions {
  socket: Socket
  session: Session
  turns: Turns
  /** Unique among the clients of this engine process. */
  id: number
}

export interface Client {
  /** Says goodbye as a server that shuts down does. */
  dismiss(): void
}

const DATABASE = 'postgres'
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
const MAX_PENDING_EXCHANGES = 64
const PARTS_OF_EXCHANGE = new Set(['P', 'B', 'D', 'E', 'C'])
const COPY_DATA = new Set(['d', 'c', 'f'])
const NO_ENCRYPTION = Buffer.from('N')
const SHUTTING_DOWN = makeErrorFrame('FATAL', '57P01', 'The embedded engine is shutting down.')

/** Speaks the PostgreSQL protocol with one client and hands its messages over, exchange by exchange. */
export function serveClient({ socket, session, turns, id }: ClientOptions): Client {
  const reader = createFrameReader(MAX_MESSAGE_BYTES)
  const statements = new Set<string>()
  let hasStarted = false
  let parts: Buffer[] = []
  let partBytes = 0
  let isMidExchange = false

  const participant: Participant = {
    pending: [],
    isBlocked: false,
    answer(bytes) {
      if (!socket.writable) return
      if (!socket.write(bytes)) participant.isBlocked = true
    },
    served() {
      if (socket.isPaused() && participant.pending.length < MAX_PENDING_EXCHANGES) socket.resume()
    },
    dismiss: end,
  }

  function end(farewell?: Buffer): void {
    turns.leave(participant)
    if (farewell && socket.writable) socket.write(farewell)
    socket.end()
  }

  function receive(chunk: Buffer): void {
    reader.push(chunk)
    try {
      while (socket.writable && (hasStarted ? takeFrame() : takeOpening()));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      end(makeErrorFrame('FATAL', '08P01', error.message))
    }
    if (participant.pending.length > MAX_PENDING_EXCHANGES) socket.pause()
  }

  function takeOpening(): boolean {
    const opening = reader.nextOpening()
    if (opening === undefined) return false
    if (opening.kind === 'encryption') socket.write(NO_ENCRYPTION)
    // A running statement can't be interrupted here, so there is nothing to cancel.
    else if (opening.kind === 'cancel') end()
    else start(opening.parameters)
    return true
  }

  function start(parameters: Map<string, string>): void {
    const database = parameters.get('database') ?? parameters.get('user')
    if (database !== DATABASE) {
      end(makeErrorFrame('FATAL', '3D000', `database "${database}" does not exist`))
      return
    }
    hasStarted = true
    socket.write(session.greeting)
  }

  function takeFrame(): boolean {
    const frame = reader.nextFrame()
    if (frame === undefined) return false
    if (frame.type === 'X') end()
    else if (PARTS_OF_EXCHANGE.has(frame.type)) addPart(frame)
    else if (frame.type === 'S' || frame.type === 'H') finishExchange(frame)
    else if (frame.type === 'Q' || frame.type === 'F') finishQuery(frame)
    // COPY was refused already; what the client had sent before it heard is dropped.
    else if (!COPY_DATA.has(frame.type))
      throw new ProtocolError(`A message of type "${frame.type}" is not known.`)
    return true
  }

  function addPart(frame: Frame): void {
    const renamed = renameStatement(frame, `client_${id}_`)
    if (renamed) statements.add(renamed.name)
    const { bytes } = renamed?.frame ?? frame
    parts.push(bytes)
    partBytes += bytes.length
    if (partBytes > MAX_MESSAGE_BYTES)
      throw new ProtocolError('More was sent in one go than the embedded engine takes.')
  }

  function finishExchange(frame: Frame): void {
    submit([...parts, REFUSE_COPY, frame.bytes], frame.type === 'H')
  }

  function finishQuery(frame: Frame): void {
    // A simple query in the middle of an extended exchange would be skipped without an answer after an error.
    const sync = parts.length > 0 || isMidExchange ? [...parts, makeFrame('S', '')] : []
    submit([...sync, frame.bytes, REFUSE_COPY], false)
  }

  function submit(messages: Buffer[], isOpen: boolean): void {
    parts = []
    partBytes = 0
    isMidExchange = isOpen
    participant.pending.push({ message: Buffer.concat(messages), isOpen })
    turns.wake(participant)
  }

  function forgetStatements(): void {
    if (statements.size === 0) return
    const closes = [...statements].map((name) => makeFrame('C', `S${name}\0`))
    const message = Buffer.concat([...closes, makeFrame('S', '')])
    turns.runAlone(async () => void session.run(message, () => undefined))
  }

  socket.setNoDelay(true)
  socket.on('data', receive)
  socket.on('drain', () => {
    participant.isBlocked = false
    turns.wake(participant)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    turns.leave(participant)
    forgetStatements()
  })
  return { dismiss: () => end(SHUTTING_DOWN) }
}
