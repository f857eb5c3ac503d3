import type { FeedConsumer } from '../../../platform/feed/consumer.ts'
import type { Tx } from '../../../platform/postgres.ts'
import { findShopClocks } from './hours-store.ts'
import { putMeasures, withdrawMeasures } from './measure-store.ts'
import { judgeAdPrice, mayHaveAdPrice, readQuote } from './prices.ts'
import { putQuotes } from './quote-store.ts'
import { isAboutSpans, readSpanFacts, type SpanFact } from './span-facts.ts'
import { addSpanFacts } from './span-store.ts'

/**
 * Keeps what is known of contacts, confirmations and prices, and puts what they measure into the outbox. Completing
 * events themselves carry none of the names it listens to, so it never feeds itself.
 */
export function createStandardsConsumer(onMeasures: () => void): FeedConsumer {
  return {
    name: 'standards',
    // 2,000 events that all matter take about 140 ms on the embedded PostgreSQL.
    slice: 500,
    async apply(tx, events) {
      const about = events.filter(isAboutSpans)
      const priced = events.filter(mayHaveAdPrice)
      if (about.length === 0 && priced.length === 0) return
      const facts = about.flatMap(readSpanFacts)
      const measured = await addSpanFacts(tx, facts, await findShopClocks(tx))
      await putMeasures(tx, measured)
      await withdrawTold(tx, facts)
      await putMeasures(tx, priced.map(judgeAdPrice).filter(isThere), { keepFirst: true })
      await putQuotes(tx, about.map(readQuote).filter(isThere))
      return onMeasures
    },
  }
}

/** What was reckoned before the shop told it itself. */
async function withdrawTold(tx: Tx, facts: readonly SpanFact[]): Promise<void> {
  const told = facts.filter(({ kind, data }) => kind === 'order' && 'isLatenessTold' in data)
  for (const shop of new Set(told.map((fact) => fact.shop))) {
    const orders = told.filter((fact) => fact.shop === shop).map(({ id }) => id)
    await withdrawMeasures(tx, shop, 'days_late', orders)
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined
}
