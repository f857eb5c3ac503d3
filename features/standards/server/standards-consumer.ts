import type { FeedConsumer } from '../../../platform/feed/consumer.ts'
import { findShopClocks } from './hours-store.ts'
import { putMeasures } from './measure-store.ts'
import { judgeAdPrice, mayHaveAdPrice, readQuote } from './prices.ts'
import { putQuotes } from './quote-store.ts'
import { isAboutSpans, readSpanFacts } from './span-facts.ts'
import { addSpanFacts } from './span-store.ts'

/**
 * Keeps what is known of contacts, confirmations and prices, and puts what they measure into the outbox. Completing
 * events themselves carry none of the names it listens to, so it never feeds itself.
 */
export function createStandardsConsumer(onMeasures: () => void): FeedConsumer {
  return {
    name: 'standards',
    async apply(tx, events) {
      const about = events.filter(isAboutSpans)
      const priced = events.filter(mayHaveAdPrice)
      if (about.length === 0 && priced.length === 0) return
      const facts = about.flatMap(readSpanFacts)
      const measured = await addSpanFacts(tx, facts, await findShopClocks(tx))
      await putMeasures(tx, measured)
      await putMeasures(tx, priced.map(judgeAdPrice).filter(isThere), { keepFirst: true })
      await putQuotes(tx, about.map(readQuote).filter(isThere))
      return onMeasures
    },
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined
}
