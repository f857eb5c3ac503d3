import type { DomainSubscription } from '../../../platform/domain-events.ts'
import type { OrderArrival } from '../../orders/contract.ts'
import { putMeasures } from './measure-store.ts'

/** Orders that came, or whose day was corrected, as the orders room tells them: days after the promised one. */
export function createArrivalsSubscription(onMeasures: () => void): DomainSubscription {
  return {
    name: 'standards-arrivals',
    to: ['Orders Arrived'],
    async apply(tx, { shop, payload }) {
      const arrivals = (payload.arrivals ?? []) as OrderArrival[]
      await putMeasures(
        tx,
        arrivals.map(({ order, identity, lateDays, at, promisedOn, arrivedOn }) => ({
          shop,
          touchpoint: 'carrier',
          measure: 'days_late',
          value: lateDays,
          subject: order,
          at,
          identity,
          identityKind: '',
          order,
          detail: { promised_on: promisedOn, arrived_on: arrivedOn },
        })),
      )
      onMeasures()
    },
  }
}
