import { findEffects } from './models/find-effects.ts'
import { judgeDrivers } from './models/judge-effect.ts'
import type { EffectsFound, EffectsOptions, FoundDriver } from './models/units.ts'
import { type TableMade, tableOfOperator } from './units/to-table.ts'

/**
 * Adds each operator against all the others, one by one with everything else alike, since together operators are everybody;
 * rates of false discovery are then told anew. Operators have the smallest parts of a model and no money.
 */
export function testOperators(
  { table, operators }: TableMade,
  found: EffectsFound,
  options: EffectsOptions,
): EffectsFound {
  if (found.refusal !== null || operators.length === 0) return found
  const own = operators.map(({ predictor }, index): FoundDriver => {
    const { drivers, refusal } = findEffects(tableOfOperator(table, predictor), options)
    const driver = drivers.at(-1) as FoundDriver
    // Of a model of its own: beside the shares of the others it would add up to more than all.
    const place = { at: table.predictors.length + index, importance: 0 }
    return refusal
      ? { ...driver, ...place, leftOut: driver.leftOut ?? 'told_apart' }
      : { ...driver, ...place }
  })
  return { ...found, drivers: judgeDrivers([...found.drivers, ...own], table) }
}
