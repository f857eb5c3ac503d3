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
  const { session } = options
  const waiting = new Set<Participant>()
  const ownWork: (() => Promise<void>)[] = []
  let holder: Participant | undefined
  let holderIsMidExchange = false
  let heldTimer: NodeJS.Timeout | undefined
  let isScheduled = false
  let isOwnWorkRunning = false

  function schedule(): void {
    if (isScheduled || isOwnWorkRunning) return
    isScheduled = true
    // Not at once: sockets are read between exchanges, so that nobody has to wait for a long queue to end.
    setImmediate(() => {
      isScheduled = false
      runNext()
    })
  }

  function runNext(): void {
    if (holder === undefined && ownWork.length > 0) {
      runOwnWork()
      return
    }
    const participant = holder ?? [...waiting].find(canRun)
    if (participant === undefined || !canRun(participant)) return
    runExchange(participant, participant.pending.shift() as Exchange)
    waiting.delete(participant)
    if (participant.pending.length > 0) waiting.add(participant)
    participant.served()
    if (waiting.size > 0 || ownWork.length > 0) schedule()
  }

  function runExchange(participant: Participant, exchange: Exchange): void {
    clearTimeout(heldTimer)
    const answer = createAnswerReader(options.maxAnswerBytes, participant.answer)
    session.run(exchange.message, answer.read)
    settle(participant, exchange, answer.status)
    if (answer.isCut) participant.dismiss(ANSWER_TOO_BIG)
  }

  function settle(participant: Participant, exchange: Exchange, status: SessionStatus | undefined): void {
    const isBroken = !exchange.isOpen && status === undefined
    if (isBroken) options.onBroken('The engine gave no answer to a statement.')
    const holds = exchange.isOpen || status !== 'idle'
    holder = holds ? participant : undefined
    holderIsMidExchange = exchange.isOpen
    if (holds) heldTimer = setTimeout(() => endHeldTransaction(participant), options.heldLimitMs)
  }

  function endHeldTransaction(participant: Participant): void {
    if (holder !== participant) return
    release()
    participant.dismiss(HELD_TOO_LONG)
  }

  function release(): void {
    clearTimeout(heldTimer)
    // A half-way exchange would be committed by a Sync alone; after an error everything is skipped until the Sync.
    const message = holderIsMidExchange ? Buffer.concat([ROLLBACK, SYNC]) : ROLLBACK
    const answer = createAnswerReader(0, () => undefined)
    session.run(message, answer.read)
    holder = undefined
    holderIsMidExchange = false
    if (answer.status !== 'idle') options.onBroken('The engine could not undo a transaction.')
    schedule()
  }

  function runOwnWork(): void {
    const work = ownWork.shift() as () => Promise<void>
    isOwnWorkRunning = true
    work().finally(() => {
      isOwnWorkRunning = false
      schedule()
    })
  }

  return {
    wake(participant) {
      if (participant.pending.length === 0) return
      waiting.add(participant)
      schedule()
    },
    leave(participant) {
      waiting.delete(participant)
      participant.pending = []
      if (holder === participant) release()
    },
    runAlone(work) {
      return new Promise((resolve, reject) => {
        ownWork.push(() => work().then(resolve, reject))
        schedule()
      })
    },
  }
}

function canRun(participant: Participant): boolean {
  return participant.pending.length > 0 && !participant.isBlocked
}
