import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { findEffects } from './find-effects.ts'
import type { UnitTable } from './units.ts'

/**
 * Nine of ten came by a way in which half order; of those of the tenth everybody orders, and hardly any of them has seen the page. The page
 * itself does nothing.
 */
function inventTable(n: number): UnitTable {
  const prng = createPrng('curves')
  const rows = Array.from({ length: n }, () => {
    const isSure = prng.float() < 0.1
    const hasSeen = prng.float() < (isSure ? 0.05 : 0.7)
    return { isSure, hasSeen, came: isSure || prng.float() < 0.5 }
  })
  return {
    outcome: Float64Array.from(rows, ({ came }) => (came ? 1 : 0)),
    cluster: Int32Array.from(rows.keys()),
    persons: n,
    family: 'share',
    predictors: [
      {
        ...{ key: 'met.page', kind: 'met', stageRank: 1, isChosen: true, isGood: true },
        known: new Float64Array(n).fill(1),
        levels: [{ level: 'missed', values: Float64Array.from(rows, ({ hasSeen }) => (hasSeen ? 1 : 0)) }],
      },
    ],
    controls: [
      {
        ...{ name: 'source', labels: ['usual', 'sure'], stageRank: 0 },
        codes: Int32Array.from(rows, ({ isSure }) => (isSure ? 1 : 0)),
      },
    ],
    amounts: { row: new Int32Array(0), amount: new Float64Array(0) },
  }
}

test('a control that tells the outcome without exception leaves with its rows, not without them', () => {
  const [driver] = findEffects(inventTable(4_000), { seed: 1 }).drivers
  expect(driver?.naive?.high).toBeLessThan(0)
  // Left in, these rows would make a page that does nothing look as harmful as the plain difference does.
  expect(driver?.curve?.low).toBeLessThan(0)
  expect(driver?.curve?.high).toBeGreaterThan(0)
  expect(Math.abs((driver?.curve?.value ?? 1) - (driver?.effect?.value ?? 0))).toBeLessThan(0.01)
})
