import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { GroundSide } from '../../reports/server/reads.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { FlowQuestion, PathsQuestion, VariantsQuestion } from '../contract.ts'
import { DEPTHS, MAX_STEPS, MAX_THROUGH, MAX_VARIANTS, TOPS } from '../vocabulary.ts'
import type { FlowPlan } from './flow-query.ts'
import { codeNodes, findCode, type NodeCodes } from './node-codes.ts'
import type { PathPlan } from './units-query.ts'
import type { VariantsPlan } from './variants-query.ts'

/** What is asked besides the question that all reports share, with everything filled in; a part of the cache's key. */
export function readPaths({ per = 'journey', by = 'touchpoint', until = 'order', repeats }: PathsQuestion) {
  return { per, by, until, repeats: repeats === 'each' }
}

export type ReadPaths = ReturnType<typeof readPaths>

/** One side of the report as it is asked of the store. */
export function planPaths(
  { per, by, until, repeats }: ReadPaths,
  { id, currency }: Pick<ShopContext, 'id' | 'currency'>,
  { period, persons }: GroundSide,
  registry: Registry,
  now: number,
): PathPlan {
  const codes = codeNodes(registry, by)
  return { shop: id, period, now, unit: per, until, repeats, codes, currency, persons }
}

export function planFlow(asked: FlowQuestion, plan: PathPlan): FlowPlan & { top: number } {
  const { direction = 'forward', at, depth = DEPTHS.usual, top = TOPS.usual } = asked
  return { ...plan, direction, depth, top, at: at === undefined ? undefined : readNode(plan.codes, at) }
}

export function planVariants({ through }: VariantsQuestion, plan: PathPlan): VariantsPlan {
  const keys = [...new Set(through?.split(',').filter((key) => key !== '') ?? [])]
  if (keys.length > MAX_THROUGH)
    throw new AppError(
      'bad_request',
      `Paths may be asked to pass ${MAX_THROUGH} contacts; these are ${keys.length}. Leave some out.`,
    )
  return {
    ...plan,
    maxSteps: MAX_STEPS,
    top: MAX_VARIANTS,
    through: keys.map((key) => readNode(plan.codes, key)),
  }
}

/** The code of a key that somebody typed or that stood in an old link. */
export function readNode(codes: NodeCodes, key: string): number {
  const code = findCode(codes, key)
  if (code === undefined)
    throw new AppError(
      'bad_request',
      `There is no "${key}" among the ${codes.own.column}s of this shop. Choose another one.`,
    )
  return code
}
