import { parseArgs } from 'node:util'
import { findPlanted } from './analysis/read-rows.ts'
import { readDemoOptions } from './options.ts'
import { expected, type FindingKey } from './truths.ts'

/**
 * Simulates the demo shop without a server and prints each truth beside what a regression and a plain comparison find,
 * with the smallest effect that would be found.  Usage: npx tsx demo/print-truths.ts [--persons 30000] [--seed 18]
 * [--truth answer30=0 …]
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    persons: { type: 'string' },
    end: { type: 'string', default: '2026-11-22' },
    truth: { type: 'string', multiple: true },
  },
})

/** Two-sided test at 5 % with a power of 80 %: 1.96 + 0.84 standard errors (Bloom 1995). */
const DETECTABLE = 2.8

const options = readDemoOptions(values, Date.now())
const found = findPlanted(options)
const truths = expected(options.truths)
const lines = ['finding              truth    found     95 % interval      naive   detectable       n']
for (const key of Object.keys(truths) as FindingKey[]) {
  const { estimate, error, n, naive } = found[key]
  const columns = [
    key.padEnd(19),
    write(truths[key].truth, 7),
    write(estimate, 8),
    `${write(estimate - 1.96 * error, 8)} …${write(estimate + 1.96 * error, 7)}`,
    naive ? write(naive.estimate, 8) : '–'.padStart(8),
    write(DETECTABLE * error, 11),
    String(n).padStart(9),
  ]
  lines.push(columns.join(' '))
}
process.stdout.write(`${lines.join('\n')}\n`)

function write(value: number, width: number): string {
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 3).padStart(width)
}
