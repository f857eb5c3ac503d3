import { LEAST_EXPOSED, type Survey } from './check-units.ts'
import type { Kept, StageFit } from './fit-stages.ts'
import type { Sums } from './group-sums.ts'
import type { Column } from './make-columns.ts'

/** Less of its own than this (R² with the others above 0.99), and its effect can't be told from theirs. */
const OWN_SHARE = 0.01
/**
 * Two units in which near twins differ would carry an effect with an interval that looks narrow. What a column has of its own,
 * counted in units that are exposed and by nothing else, must come to half of those that are needed at least.
 */
const LEAST_OWN_UNITS = LEAST_EXPOSED / 2
/** A twin is named where so much goes together with it beyond all others. */
const CLEARLY = 0.5

/** Predictors whose effects can't be told from others': by place, the place of the other; null where it is several or a control. */
export function findTwins(
  columns: readonly Column[],
  kept: Kept,
  sums: Sums,
  stages: ReadonlyMap<number, StageFit>,
  surveys: readonly Survey[],
): Map<number, number | null> {
  const twins = new Map<number, number | null>()
  for (const { column, madeOf } of kept.dropped) {
    const { role, predictor, rank } = columns[column] as Column
    if (role !== 'level') continue
    const others = madeOf
      .map((one) => columns[one] as Column)
      .filter((one) => one.role !== 'control' && one.predictor >= 0)
    twins.set(predictor, others.find((one) => one.predictor !== predictor)?.predictor ?? null)
    // Of the same stage, either may be the one that counts.
    for (const other of others) {
      if (other.role === 'level' && other.rank === rank && other.predictor !== predictor)
        twins.set(other.predictor, predictor)
    }
  }
  const units = new Map<number, number>()
  kept.columns.forEach((column, place) => {
    const { role, predictor, rank } = columns[column] as Column
    const stage = stages.get(rank)
    if (role !== 'level' || twins.has(predictor) || !stage) return
    const all = spreadWithin(sums, column, (surveys[predictor] as Survey).known)
    const nearest = () => findNearest(columns, kept, stage, place)
    if (ownOf(stage, place) < OWN_SHARE * all) twins.set(predictor, nearest())
    const before = units.get(predictor) ?? 0
    units.set(predictor, before + countOwnUnits(sums, stage, column, place))
    const isLast = (columns[column + 1] as Column | undefined)?.predictor !== predictor
    if (isLast && (units.get(predictor) as number) < LEAST_OWN_UNITS) twins.set(predictor, nearest())
  })
  return twins
}

/** Is there enough of a level to tell its own effect? */
export function isLevelTold(sums: Sums, stage: StageFit, column: number, place: number): boolean {
  return countOwnUnits(sums, stage, column, place) >= LEAST_OWN_UNITS
}

/** Σ of squares that no other column of the model explains. */
function ownOf({ bread, size }: StageFit, place: number): number {
  return 1 / (bread[place * size + place] as number)
}

/** That, in units of a whole reading's square. */
function countOwnUnits({ products }: Sums, stage: StageFit, column: number, place: number): number {
  const line = (column * (column + 1)) / 2
  const [sum, squares] = [products[line] as number, products[line + column] as number]
  // Of shares, Σx² / Σx is the mean reading of those exposed, each weighed by itself.
  return ownOf(stage, place) / (squares / sum) ** 2
}

/** Σ (x − mean)² where the predictor is known. */
function spreadWithin({ products }: Sums, column: number, known: number): number {
  const line = (column * (column + 1)) / 2
  return (products[line + column] as number) - (products[line] as number) ** 2 / known
}

/** By partial correlation, all others held. */
function findNearest(columns: readonly Column[], kept: Kept, stage: StageFit, place: number): number | null {
  const own = (columns[kept.columns[place] as number] as Column).predictor
  const { bread, size } = stage
  let nearest: number | null = null
  let most = CLEARLY
  for (let other = 0; other < size; other++) {
    const { role, predictor } = columns[kept.columns[other] as number] as Column
    if (role !== 'level' || predictor === own) continue
    const scale = Math.sqrt((bread[place * size + place] as number) * (bread[other * size + other] as number))
    const partial = Math.abs(bread[place * size + other] as number) / scale
    if (partial <= most) continue
    most = partial
    nearest = predictor
  }
  return nearest
}
