import type { Log } from '../log.ts'
import type { Tx } from '../postgres.ts'
import type { FeedEvent } from './event-row.ts'

/** A room's effects of events. `apply` runs in the transaction that also advances the consumer's cursor. */
export interface FeedConsumer {
  name: string
  /**
   * At most so many events in one transaction, for consumers whose work for a whole batch would take longer than
   * PostgreSQL may be held. The cursor moves with the last of them: what a crash interrupts is applied again.
   */
  slice?: number
  /**
   * Must be idempotent (natural keys) and quick: short statements over the whole batch, no other I/O. Events come in
   * the order of their lane. What it returns runs after the commit (wake-ups, caches).
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most consumers have nothing to do afterwards
  apply(tx: Tx, events: FeedEvent[], log: Log): Promise<(() => void) | void>
}
