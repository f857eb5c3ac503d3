import type { OrderPromise } from '../contract.ts'
import type { OrderFact } from './order-fact.ts'
import { toInstant } from './walk-steps.ts'

export interface FoldedPromises {
  promises: OrderPromise[]
  promisedOn: string | null
  promisedLastOn: string | null
}

/**
 * The history of promised days. Judged is the last promise made by the time of the order, since that is what the
 * customer agreed to; without one, the first made afterwards. A date repeated is no new promise.
 */
export function foldPromises(facts: readonly OrderFact[], placedAt: number | undefined): FoldedPromises {
  const made = facts
    .filter((fact) => fact.data.promisedOn !== undefined)
    .filter((fact, index, all) => fact.data.promisedOn !== all[index - 1]?.data.promisedOn)
  const before = placedAt === undefined ? undefined : made.findLast((fact) => fact.at <= placedAt)
  const judged = before ?? made[0]
  return {
    promises: made.map((fact) => ({
      promisedOn: fact.data.promisedOn as string,
      at: toInstant(fact.at),
      event: fact.name,
      isJudged: fact === judged,
    })),
    promisedOn: judged?.data.promisedOn ?? null,
    promisedLastOn: made.at(-1)?.data.promisedOn ?? null,
  }
}
