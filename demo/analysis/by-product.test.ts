import { describe, expect, it, test } from 'vitest'
import { readDemoOptions } from '../options.ts'
import { findByProduct } from '../product/find-planted.ts'
import { expected, type FindingKey } from '../truths.ts'
import { tellCoverage } from './tell-coverage.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
/** Few persons, for the sake of time: what needs more is refused by the product, and looked at by `npm run verify:truth`. */
const options = readDemoOptions({ persons: '3500', seed: '5', end: '2026-11-22' }, NOW)
const found = findByProduct(options)
const truths = expected(options.truths)

const TOLD = [
  'price_breach',
  'answer30',
  'insert',
  'newsletter',
  'failure_repeat',
  'restored_repeat',
  'catalogue',
  'nps_bias',
] as const satisfies readonly FindingKey[]

/** With this seed nothing lies further off; a wrong sign or a lost effect would. */
const TOLERANCE = 3

describe('the product, from messages to effects', () => {
  test.each(TOLD)('finds %s', (key) => {
    const { estimate, error } = found[key]
    expect(error).toBeGreaterThan(0)
    expect(Math.abs(estimate - truths[key].truth) / error).toBeLessThan(TOLERANCE)
  })

  test.each(['answer30', 'newsletter', 'catalogue'] as const)(
    'isn’t misled as the plain comparison is at %s',
    (key) => {
      const { estimate, naive } = found[key]
      const { truth } = truths[key]
      expect(Math.abs(estimate - truth)).toBeLessThan(Math.abs((naive?.estimate ?? truth) - truth))
    },
  )

  it('sees a price that isn’t the promised one for what it is', () => {
    expect(found.price_breach.estimate + 1.96 * found.price_breach.error).toBeLessThan(0)
  })

  it('tells truth, found and naive side by side, and says what nobody can recover', () => {
    const told = tellCoverage([{ product: found, second: undefined }], truths)
    for (const key of TOLD) expect(told).toContain(key)
    expect(told).toContain('Not to be recovered by anybody: openers')
  })
})
