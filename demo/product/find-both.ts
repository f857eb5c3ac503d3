import type { Finding } from '../analysis/findings.ts'
import { findPlanted } from '../analysis/read-rows.ts'
import type { DemoOptions } from '../options.ts'
import type { FindingKey } from '../truths.ts'
import { findByProduct } from './find-planted.ts'

/** What the product finds in a shop, and what the second method does, where it was asked and the shop isn't too small for it. */
export interface ShopFindings {
  product: Record<FindingKey, Finding>
  second: Record<FindingKey, Finding> | undefined
}

/** The second method is asked in every tenth shop: it is there to tell a wrong simulator from a wrong product. */
const SECOND_IN = 10

export function findBoth(options: DemoOptions): ShopFindings {
  const isAsked = options.seed % SECOND_IN === 0
  return { product: findByProduct(options), second: isAsked ? findSecond(options) : undefined }
}

function findSecond(options: DemoOptions): ShopFindings['second'] {
  try {
    return findPlanted(options)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
