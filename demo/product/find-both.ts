import type { Finding } from '../analysis/findings.ts'
import { findPlanted } from '../analysis/read-rows.ts'
import type { DemoOptions } from '../options.ts'
import type { FindingKey } from '../truths.ts'
import { findByProduct } from './find-planted.ts'

/** What the product finds in a shop, and what the second method does; none of that where the shop is too small for it. */
export interface ShopFindings {
  product: Record<FindingKey, Finding>
  second: Record<FindingKey, Finding> | undefined
}

export function findBoth(options: DemoOptions): ShopFindings {
  return { product: findByProduct(options), second: findSecond(options) }
}

function findSecond(options: DemoOptions): ShopFindings['second'] {
  try {
    return findPlanted(options)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
