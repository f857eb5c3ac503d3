import type { Deps } from '../../../platform/room.ts'
import { compareDueQuotes, type FindSiblings } from './compare-quotes.ts'
import { findShopClocks } from './hours-store.ts'
import { putMeasures } from './measure-store.ts'
import { recordWaiting } from './record-measures.ts'
import { giveUpContacts } from './span-store.ts'

/** Brings measured standards into the history, and measures what silence says. */
export interface StandardsRecorder {
  /** There is something to bring. A hint: the tables are the truth. */
  wake(): void
  /** Resolves when everything that was due before the call is in the history (tests, the command line). */
  drain(): Promise<void>
  close(): Promise<void>
}

const POLL_MS = 2_000
const MAX_PAUSE_MS = 15_000
const GIVE_UP_BATCH = 500

/** Restart-safe: everything it does stands in tables first. While a store is away it waits and tries again. */
export function startStandardsRecorder(deps: Deps, findSiblings: FindSiblings): StandardsRecorder {
  let closed = false
  let interrupt: (() => void) | undefined
  let isAwake = false
  let turn: Promise<unknown> = Promise.resolve()

  /** One pass at a time: two would bring the same measures into the history, each for itself. */
  function bring(isClosed: () => boolean): Promise<void> {
    const pass = turn.then(() => bringAll(deps, findSiblings, isClosed))
    turn = pass.catch(() => undefined)
    return pass
  }

  async function loop(): Promise<void> {
    let pause = POLL_MS
    while (!closed) {
      isAwake = false
      try {
        await bring(() => closed)
        pause = POLL_MS
      } catch (error) {
        deps.log.warn({ err: error }, 'measured standards wait; they will be recorded later')
        pause = Math.min(pause * 2, MAX_PAUSE_MS)
      }
      if (!closed && !isAwake) await sleep(pause)
    }
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const wake = () => {
    isAwake = true
    interrupt?.()
  }
  const running = loop()
  return {
    wake,
    drain: () => bring(() => false),
    async close() {
      closed = true
      wake()
      await running
    },
  }
}

async function bringAll(deps: Deps, findSiblings: FindSiblings, isClosed: () => boolean): Promise<void> {
  while (!isClosed() && (await giveUpDue(deps)) > 0);
  while (!isClosed() && (await compareDueQuotes(deps, findSiblings)) > 0);
  while (!isClosed() && (await recordWaiting(deps)) > 0);
}

async function giveUpDue({ db, now }: Deps): Promise<number> {
  return db.transaction(async (tx) => {
    const clockOf = await findShopClocks(tx)
    const { taken, measured } = await giveUpContacts(tx, now(), GIVE_UP_BATCH, clockOf)
    await putMeasures(tx, measured)
    return taken
  })
}
