import { expect, it } from 'vitest'
import { findDiscoveryRates } from './false-discovery.ts'

/** The example of Benjamini and Hochberg's paper: fifteen comparisons of a drug trial. */
const PAPER = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
]

it('finds the four of the paper at five in a hundred', () => {
  expect(findDiscoveryRates(PAPER).filter((rate) => rate <= 0.05)).toHaveLength(4)
})

it('keeps the order in which the findings were given, and never falls with the chance', () => {
  const rates = findDiscoveryRates([0.04, 0.001, 0.03, 0.9])
  expect(rates.map((rate) => Math.round(rate * 1e6) / 1e6)).toEqual([0.053333, 0.004, 0.053333, 0.9])
  expect(findDiscoveryRates([])).toEqual([])
})
