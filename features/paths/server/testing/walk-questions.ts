import { getDefaultRegistry } from '../../../touchpoints/server/reads.ts'
import type { FlowPlan } from '../flow-query.ts'
import { BEGAN, codeNodes, END, findCode, ON } from '../node-codes.ts'
import { LINE } from '../steps-query.ts'
import { collapseSteps, type WalkedUnit } from './slow-walk.ts'

export const codes = codeNodes(getDefaultRegistry().registry, 'touchpoint')
export const codeOf = (node: string) => findCode(codes, node) as number

export function count(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

export const nodesOf = (unit: WalkedUnit, repeats: boolean) =>
  (repeats ? unit.steps : collapseSteps(unit.steps)).map(({ node }) => codeOf(node))

/** A unit's nodes from column to column, by hand. */
export function walkFlow(unit: WalkedUnit, { repeats, direction, depth, at }: FlowPlan): number[] {
  const nodes = nodesOf(unit, repeats)
  const spot = at === undefined ? (direction === 'forward' ? 0 : nodes.length - 1) : nodes.indexOf(at)
  if (spot < 0) return []
  const end = END[unit.outcome]
  if (direction === 'forward') {
    const shown = nodes.slice(spot, spot + depth)
    return [...shown, spot + depth < nodes.length ? ON : end]
  }
  const shown = nodes
    .slice(0, spot + 1)
    .reverse()
    .slice(0, depth)
  return [...(at === undefined ? [end] : []), ...shown, spot + 1 > depth ? ON : BEGAN]
}

export function walkSteps(units: readonly WalkedUnit[]) {
  const lines = units.flatMap((unit, place) => {
    const nodes = nodesOf(unit, true)
    const changes = nodesOf(unit, false)
    const outcome = ['left', 'ordered', 'open'].indexOf(unit.outcome)
    const line = (which: number, a: number, b: number) => ({ place, key: `${which} ${a} ${b}` })
    return [
      line(LINE.all, 0, 0),
      line(LINE.begun, nodes[0] as number, 0),
      line(LINE.ended, nodes.at(-1) as number, outcome),
      ...[...new Set(nodes)].map((node) => line(LINE.met, node, 0)),
      ...nodes.slice(1).map((node, at) => line(LINE.followed, nodes[at] as number, node)),
      ...changes.flatMap((node, at) =>
        at + 2 < changes.length && changes[at + 2] === node
          ? [line(LINE.returned, node, changes[at + 1] as number)]
          : [],
      ),
    ]
  })
  const times = count(lines.map(({ key }) => key))
  const inUnits = count(
    [...new Set(lines.map(({ key, place }) => `${place}|${key}`))].map((one) => one.split('|')[1] as string),
  )
  return Object.fromEntries(Object.entries(times).map(([key, n]) => [key, [n, inUnits[key]]]))
}
