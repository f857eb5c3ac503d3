import { CHANNELS } from '../../../kernel/channels.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { NodeKind } from '../vocabulary.ts'

/** Numbers that stand for keys inside the store; nodes count from 1 along the path. */
export interface NodeCodes {
  /** Of code n the key at n − 1. */
  keys: string[]
  /** What the way by which a visit came stands for, and the contact itself. */
  arrival: CodeTable | undefined
  own: CodeTable & { column: 'touchpoint' | 'stage' | 'channel' }
}

interface CodeTable {
  from: string[]
  to: number[]
}

/** Codes below this are nodes; 0 is a contact that is no node and only breaks the silence. */
export const CODE_LIMIT = 16_384
/** Keys that the registry doesn't know, not yet or no more, are one node. */
export const UNKNOWN_NODE = 16_000
const UNKNOWN_KEY = 'unknown'
/** What stands behind a path's last step, by outcome; that it goes on; what stands before its first step. */
export const END = { left: 16_380, ordered: 16_381, open: 16_382 } as const
export const ON = 16_383
export const BEGAN = 16_379

/** The nodes of a view, in the order in which customers meet them. */
export function codeNodes({ stages, touchpoints }: Registry, by: NodeKind): NodeCodes {
  const stageKeys = stages.map(({ key }) => key)
  const placeOf = (stage: string) => stageKeys.indexOf(stage) + 1
  if (by === 'channel') {
    const keys = Object.keys(CHANNELS).filter((key) => key !== 'unknown')
    return { keys, arrival: undefined, own: { column: 'channel', ...tableOf(keys, ['', 'unknown']) } }
  }
  if (by === 'touchpoint') {
    const sorted = touchpoints.toSorted((a, b) => placeOf(a.stage) - placeOf(b.stage))
    const keys = sorted.map(({ key }) => key)
    return { keys, arrival: tableOf(keys, ['']), own: { column: 'touchpoint', ...tableOf(keys, ['']) } }
  }
  const arrival = {
    from: ['', ...touchpoints.map(({ key }) => key)],
    to: [0, ...touchpoints.map(({ stage }) => placeOf(stage) || UNKNOWN_NODE)],
  }
  return { keys: stageKeys, arrival, own: { column: 'stage', ...tableOf(stageKeys, ['']) } }
}

function tableOf(keys: readonly string[], none: readonly string[]): CodeTable {
  return { from: [...none, ...keys], to: [...none.map(() => 0), ...keys.map((_, at) => at + 1)] }
}

/** The key of a node's code; `unknown` for what the registry doesn't know. */
export const keyOf = (codes: NodeCodes, code: number): string => codes.keys[code - 1] ?? UNKNOWN_KEY

/** The code of a key; undefined where there is no such node. */
export function findCode({ keys }: NodeCodes, key: string): number | undefined {
  const place = keys.indexOf(key)
  if (place >= 0) return place + 1
  return key === UNKNOWN_KEY ? UNKNOWN_NODE : undefined
}
