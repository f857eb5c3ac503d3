import { isAppError } from '../../../../kernel/errors.ts'
import type { Goodwill } from '../../contract.ts'
import { goesEitherWay, LEAST_EXPOSED } from './check-units.ts'
import type { Design } from './design.ts'
import { fitLeastSquares } from './least-squares.ts'
import type { Control } from './units.ts'

export interface GoodwillUnits {
  outcome: Float64Array
  cluster: Int32Array
  persons: number
  /** 1 where something failed them. */
  failure: Float64Array
  /** 1: content before it, 0: not so; NaN: nothing said before, left out. */
  content: Float64Array
  controls: readonly Control[]
}

/**
 * Does goodwill earned before soften a failure? The effect of a failure on those content before and on the others, and their
 * difference: the product of failure and content in least squares. Undefined where any of the four groups has fewer than thirty, or hardly
 * anybody who ended otherwise.
 */
export function findGoodwill(units: GoodwillUnits): Goodwill | undefined {
  const rows = [...units.content.keys()].filter((row) => !Number.isNaN(units.content[row] as number))
  const pick = (values: Float64Array | Int32Array) => Float64Array.from(rows, (row) => values[row] as number)
  const [outcome, failure, content] = [pick(units.outcome), pick(units.failure), pick(units.content)]
  const both = failure.map((one, at) => one * (content[at] as number))
  const cells = failure.map((one, at) => 2 * one + (content[at] as number))
  const family = outcome.every((value) => value === 0 || value === 1) ? 'share' : 'value'
  const isTold = (cell: number) =>
    cells.filter((one) => one === cell).length >= LEAST_EXPOSED &&
    goesEitherWay({ outcome, family }, (row) => cells[row] === cell)
  if (![0, 1, 2, 3].every(isTold)) return undefined
  const clusters = numberPersons(rows, units.cluster)
  const controls = units.controls.flatMap((control) => makeDummies(control, rows))
  const estimate = (columns: Float64Array[]) =>
    fitOrRefuse({
      n: rows.length,
      outcome,
      columns: [...columns, ...controls],
      names: [...columns, ...controls].map((_, at) => String(at)),
      terms: [],
      clusters,
    })
  // The same model told twice: once the difference has a coefficient of its own, once the content.
  const apart = estimate([failure, both, content])
  const each = estimate([both, failure.map((one, at) => one * (1 - (content[at] as number))), content])
  const [others, difference] = [apart?.[1], apart?.[2]]
  const contentOnes = each?.[1]
  if (!others || !difference || !contentOnes) return undefined
  return {
    content: toEstimate(contentOnes),
    others: toEstimate(others),
    difference: toEstimate(difference),
    p: difference.p,
    persons: clusters.count,
  }
}

function toEstimate({ estimate, low, high }: { estimate: number; low: number; high: number }) {
  return { value: estimate, low, high }
}

/** Undefined where the columns can't be told apart. */
function fitOrRefuse(design: Design) {
  try {
    return fitLeastSquares(design, 'clustered').coefficients
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}

function numberPersons(rows: readonly number[], cluster: Int32Array): NonNullable<Design['clusters']> {
  const numbers = new Map<number, number>()
  const of = Int32Array.from(rows, (row) => {
    const person = cluster[row] as number
    const number = numbers.get(person) ?? numbers.size
    numbers.set(person, number)
    return number
  })
  return { of, count: numbers.size }
}

/** The commonest value is the one compared with; rare ones go with it. */
function makeDummies({ codes }: Control, rows: readonly number[]): Float64Array[] {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(codes[row] as number, (counts.get(codes[row] as number) ?? 0) + 1)
  const common = [...counts]
    .filter(([, count]) => count >= LEAST_EXPOSED)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return common.slice(1).map(([code]) => Float64Array.from(rows, (row) => (codes[row] === code ? 1 : 0)))
}
