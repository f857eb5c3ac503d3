import { createAnswerReader, type SessionStatus } from './answer.ts'
import { makeErrorFrame, makeFrame } from './frames.ts'
import type { Session } from './session.ts'

/** A stretch of messages that is run in one go: up to a Sync, one simple query, or up to a Flush. */
export interface Exchange {
  message: Buffer
  /** A Flush leaves the exchange open: its rest must come before anybody else's. */
  isOpen: boolean
}

/** One who takes turns at the session. */
export interface Participant {
  pending: Exchange[]
  /** Answers wait to be read; nothing more is run for this client until they have been. */
  isBlocked: boolean
  answer(bytes: Buffer): void
  /** How many bytes of answers have not been taken yet. */
  unread(): number
  /** One exchange has been run; there may be room for more. */
  served(): void
  /** Ends the connection with a last message. */
  dismiss(farewell: Buffer): void
}

export interface TurnsOptions {
  session: Session
  /** How long a client may keep a transaction open without asking for anything. */
  heldLimitMs: number
  /** The most that one exchange may answer; it is all in memory before it is sent. */
  maxAnswerBytes: number
  onBroken(reason: string): void
}

export interface Turns {
  /** Says that a participant has something pending, or may be served again. */
  wake(participant: Participant): void
  /** Undoes what a participant left unfinished and forgets it. */
  leave(participant: Participant): void
  /** Runs work of our own between the exchanges of clients, never inside somebody's transaction. */
  runAlone<T>(work: () => Promise<T>): Promise<T>
}

interface State extends TurnsOptions {
  waiting: Set<Participant>
  ownWork: (() => Promise<void>)[]
  /** Who keeps the session, being in a transaction or half-way through an exchange. */
  holder: Participant | undefined
  isMidExchange: boolean
  heldTimer: NodeJS.Timeout | undefined
  isScheduled: boolean
  isOwnWorkRunning: boolean
}

const ROLLBACK = makeFrame('Q', 'ROLLBACK\0')
const SYNC = makeFrame('S', '')
const HELD_TOO_LONG = makeErrorFrame(
  'FATAL',
  '25P03',
  'The transaction was undone because it stayed open without a statement for too long while it kept all others waiting.',
)
const ANSWER_TOO_BIG = makeErrorFrame(
  'FATAL',
  '53200',
  'The answer is too big for the embedded engine; ask for less at a time.',
)

/**
 * Shares one database session among many clients. A client that is inside a transaction, or half-way through an
 * exchange, keeps the session until it ends; otherwise clients are served in the order in which they asked, one
 * exchange each.
 */
export function createTurns(options: TurnsOptions): Turns {
  const state: State = {
    ...options,
    waiting: new Set(),
    ownWork: [],
    holder: undefined,
    isMidExchange: false,
    heldTimer: undefined,
    isScheduled: false,
    isOwnWorkRunning: false,
  }
  return {
    wake(participant) {
      if (participant.pending.length === 0) return
      state.waiting.add(participant)
      schedule(state)
    },
    leave(participant) {
      state.waiting.delete(participant)
      participant.pending = []
      if (state.holder === participant) release(state)
    },
    runAlone(work) {
      return new Promise((resolve, reject) => {
        state.ownWork.push(() => work().then(resolve, reject))
        schedule(state)
      })
    },
  }
}

/** Not at once: sockets are read between exchanges, so that nobody has to wait for a long queue to end. */
function schedule(state: State): void {
  if (state.isScheduled || state.isOwnWorkRunning) return
  state.isScheduled = true
  setImmediate(() => {
    state.isScheduled = false
    runNext(state)
  })
}

function runNext(state: State): void {
  const { waiting, ownWork } = state
  if (state.holder === undefined && ownWork.length > 0) {
    runOwnWork(state)
    return
  }
  const participant = state.holder ?? findFirst(waiting, canRun)
  if (participant === undefined || !canRun(participant)) return
  runExchange(state, participant, participant.pending.shift() as Exchange)
  waiting.delete(participant)
  if (participant.pending.length > 0) waiting.add(participant)
  participant.served()
  if (waiting.size > 0 || ownWork.length > 0) schedule(state)
}

function runExchange(state: State, participant: Participant, exchange: Exchange): void {
  clearTimeout(state.heldTimer)
  const answer = createAnswerReader(state.maxAnswerBytes, participant.answer)
  state.session.run(exchange.message, answer.read)
  settle(state, participant, exchange, answer.status)
  if (answer.isCut) participant.dismiss(ANSWER_TOO_BIG)
}

function settle(
  state: State,
  participant: Participant,
  exchange: Exchange,
  status: SessionStatus | undefined,
): void {
  if (!exchange.isOpen && status === undefined) state.onBroken('The engine gave no answer to a statement.')
  const holds = exchange.isOpen || status !== 'idle'
  state.holder = holds ? participant : undefined
  state.isMidExchange = exchange.isOpen
  if (holds) limitHold(state, participant, Number.POSITIVE_INFINITY)
}

/** Time counts while nothing is asked for and no answer is being read. */
function limitHold(state: State, participant: Participant, unreadBefore: number): void {
  state.heldTimer = setTimeout(() => {
    if (state.holder !== participant) return
    const unread = participant.unread()
    if (unread > 0 && unread < unreadBefore) {
      limitHold(state, participant, unread)
      return
    }
    release(state)
    participant.dismiss(HELD_TOO_LONG)
  }, state.heldLimitMs)
}

function release(state: State): void {
  clearTimeout(state.heldTimer)
  // A half-way exchange would be committed by a Sync alone; after an error everything is skipped until the Sync.
  const message = state.isMidExchange ? Buffer.concat([ROLLBACK, SYNC]) : ROLLBACK
  const answer = createAnswerReader(0, () => undefined)
  state.session.run(message, answer.read)
  state.holder = undefined
  state.isMidExchange = false
  if (answer.status !== 'idle') state.onBroken('The engine could not undo a transaction.')
  schedule(state)
}

function runOwnWork(state: State): void {
  const work = state.ownWork.shift() as () => Promise<void>
  state.isOwnWorkRunning = true
  work().finally(() => {
    state.isOwnWorkRunning = false
    schedule(state)
  })
}

function canRun(participant: Participant): boolean {
  return participant.pending.length > 0 && !participant.isBlocked
}

function findFirst<T>(all: Iterable<T>, test: (each: T) => boolean): T | undefined {
  for (const each of all) if (test(each)) return each
  return undefined
}
