import type { Socket } from 'node:net'
import {
  createFrameReader,
  type Frame,
  type FrameReader,
  makeErrorFrame,
  makeFrame,
  ProtocolError,
  renameStatement,
} from './frames.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { REFUSE_COPY, type Session } from './session.ts'
import type { Exchange, Participant, Turns } from './turns.ts'

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

interface State extends ClientOptions {
  reader: FrameReader
  participant: Participant & { outbox: Outbox }
  hasStarted: boolean
  /** The messages of an exchange that has not ended yet. */
  parts: Buffer[]
  partBytes: number
  isMidExchange: boolean
  /** The prepared statements of this client, under the names they have in the session. */
  statements: Set<string>
}

const DATABASE = 'postgres'
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
const MAX_PENDING_EXCHANGES = 64
/** With more than this on its way, a client has to read before it is served again. */
const MAX_UNREAD_BYTES = 64 * 1024
const PARTS_OF_EXCHANGE = new Set(['P', 'B', 'D', 'E', 'C'])
const COPY_DATA = new Set(['d', 'c', 'f'])
const NO_ENCRYPTION = Buffer.from('N')
const SHUTTING_DOWN = makeErrorFrame('FATAL', '57P01', 'The embedded engine is shutting down.')

/** Speaks the PostgreSQL protocol with one client and hands its messages over, exchange by exchange. */
export function serveClient(options: ClientOptions): Client {
  const { socket, turns } = options
  const state: State = {
    ...options,
    reader: createFrameReader(MAX_MESSAGE_BYTES),
    participant: createParticipant(options),
    hasStarted: false,
    parts: [],
    partBytes: 0,
    isMidExchange: false,
    statements: new Set(),
  }
  socket.setNoDelay(true)
  socket.on('data', (chunk) => receive(state, chunk))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    turns.leave(state.participant)
    forgetStatements(state)
  })
  return { dismiss: () => state.participant.dismiss(SHUTTING_DOWN) }
}

function createParticipant({ socket, turns }: ClientOptions): Participant & { outbox: Outbox } {
  const outbox = createOutbox(socket, () => {
    participant.isBlocked = false
    turns.wake(participant)
  })
  const participant = {
    outbox,
    pending: [] as Exchange[],
    isBlocked: false,
    unread: outbox.unread,
    answer(bytes: Buffer) {
      outbox.write(bytes)
      participant.isBlocked = outbox.unread() > MAX_UNREAD_BYTES
    },
    served() {
      if (socket.isPaused() && participant.pending.length < MAX_PENDING_EXCHANGES) socket.resume()
    },
    dismiss(farewell: Buffer) {
      turns.leave(participant)
      outbox.write(farewell)
      outbox.end()
    },
  }
  return participant
}

function receive(state: State, chunk: Buffer): void {
  const { socket, reader, participant } = state
  reader.push(chunk)
  try {
    while (!participant.outbox.isEnding() && (state.hasStarted ? takeFrame(state) : takeOpening(state)));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    participant.dismiss(makeErrorFrame('FATAL', '08P01', error.message))
  }
  if (participant.pending.length > MAX_PENDING_EXCHANGES) socket.pause()
}

function takeOpening(state: State): boolean {
  const opening = state.reader.nextOpening()
  if (opening === undefined) return false
  if (opening.kind === 'encryption') state.participant.outbox.write(NO_ENCRYPTION)
  // A running statement can't be interrupted here, so there is nothing to cancel.
  else if (opening.kind === 'cancel') leave(state)
  else startSession(state, opening.parameters)
  return true
}

function startSession(state: State, parameters: Map<string, string>): void {
  const database = parameters.get('database') ?? parameters.get('user')
  if (database === DATABASE) {
    state.hasStarted = true
    state.participant.outbox.write(state.session.greeting)
  } else {
    state.participant.dismiss(makeErrorFrame('FATAL', '3D000', `database "${database}" does not exist`))
  }
}

function takeFrame(state: State): boolean {
  const frame = state.reader.nextFrame()
  if (frame === undefined) return false
  const { type, bytes } = frame
  if (type === 'X') leave(state)
  else if (PARTS_OF_EXCHANGE.has(type)) addPart(state, frame)
  else if (type === 'S' || type === 'H') submit(state, [...state.parts, REFUSE_COPY, bytes], type === 'H')
  else if (type === 'Q' || type === 'F') submit(state, [...endExchange(state), bytes, REFUSE_COPY], false)
  // COPY was refused already; what the client had sent before it heard is dropped.
  else if (!COPY_DATA.has(type)) throw new ProtocolError(`A message of type "${type}" is not known.`)
  return true
}

function leave({ turns, participant }: State): void {
  turns.leave(participant)
  participant.outbox.end()
}

function addPart(state: State, frame: Frame): void {
  const renamed = renameStatement(frame, `client_${state.id}_`)
  if (renamed) state.statements.add(renamed.name)
  const { bytes } = renamed?.frame ?? frame
  state.parts.push(bytes)
  state.partBytes += bytes.length
  if (state.partBytes > MAX_MESSAGE_BYTES)
    throw new ProtocolError('More was sent in one go than the embedded engine takes.')
}

/** A simple query in the middle of an extended exchange would be skipped without an answer after an error. */
function endExchange({ parts, isMidExchange }: State): Buffer[] {
  return parts.length > 0 || isMidExchange ? [...parts, makeFrame('S', '')] : []
}

function submit(state: State, messages: Buffer[], isOpen: boolean): void {
  state.parts = []
  state.partBytes = 0
  state.isMidExchange = isOpen
  state.participant.pending.push({ message: Buffer.concat(messages), isOpen })
  state.turns.wake(state.participant)
}

function forgetStatements({ statements, session, turns }: State): void {
  if (statements.size === 0) return
  const closes = [...statements].map((name) => makeFrame('C', `S${name}\0`))
  const message = Buffer.concat([...closes, makeFrame('S', '')])
  turns.runAlone(async () => session.run(message, () => undefined))
}
