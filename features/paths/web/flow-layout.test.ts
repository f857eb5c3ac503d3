import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FlowAnswer } from '../contract.ts'
import { layFlow } from './flow-layout.ts'
import { chooseEdges, laySteps } from './steps-layout.ts'

const nothing = { share: null, low: null, high: null, other: null }
type Flow = Pick<FlowAnswer, 'columns' | 'links'>

/** A flow of some columns whose links hold what nodes have. */
const flows = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 6 }).chain((sizes) =>
  fc
    .array(
      fc.record({
        column: fc.nat(sizes.length - 2),
        from: fc.nat(4),
        to: fc.nat(4),
        n: fc.integer({ min: 0, max: 500 }),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((drawn): Flow => {
      const links = new Map(
        // A chain keeps every column in its place.
        [...sizes.slice(1).map((_, column) => ({ column, from: 0, to: 0, n: 1 })), ...drawn].map((link) => {
          const from = link.from % (sizes[link.column] as number)
          const to = link.to % (sizes[link.column + 1] as number)
          return [`${link.column} ${from} ${to}`, { ...link, from, to, of: 1000, ...nothing }]
        }),
      )
      const columns = sizes.map((size, column) =>
        Array.from({ length: size }, (_, at) => ({
          ...{ key: `${column}-${at}`, place: 'step' as const, merged: 1, n: 1, of: 1000, ...nothing },
        })),
      )
      return { columns, links: [...links.values()] }
    }),
)

const space = { length: 900, breadth: 500, isDown: false, gap: 8 }

test('every column stands in its place, nodes keep their order, and nothing leaves the picture', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      const { nodes, links } = layFlow(flow, space)
      const drawn = flow.links.filter(({ n }) => n > 0)
      expect(links).toHaveLength(drawn.length)
      for (const { from, to, link } of links) {
        expect(nodes[from]?.column).toBe(link.column)
        expect(nodes[to]?.column).toBe(link.column + 1)
        expect((nodes[to]?.along ?? 0) - (nodes[from]?.along ?? 0)).toBeGreaterThan(0)
      }
      for (const { along, across, size } of nodes) {
        for (const value of [along, across, size]) expect(Number.isFinite(value)).toBe(true)
        expect(across).toBeGreaterThanOrEqual(-1)
      }
      for (const [at, node] of nodes.entries()) {
        const next = nodes[at + 1]
        if (next?.column === node.column) expect(next.across).toBeGreaterThanOrEqual(node.across)
      }
    }),
    { numRuns: 60 },
  )
})

test('a flow of nothing is an empty picture', () => {
  expect(layFlow({ columns: [], links: [] }, space)).toMatchObject({ nodes: [], links: [] })
})

const took = { quarter: 1, half: 2, most: 3 }
const edge = (from: string, to: string, times: number) => ({
  from,
  to,
  times,
  n: times,
  of: 9,
  took,
  ...nothing,
})
const node = (key: string) => ({
  ...{ key, n: 1, of: 9, ...nothing, begun: 0 },
  ...{ ended: { ordered: 0, left: 0, open: 0 }, again: { times: 0, units: 0 } },
})

test('fewer edges are shown than there are, and how much of all they are is said', () => {
  const edges = [edge('a', 'b', 6), edge('b', 'a', 3), edge('b', 'c', 0)]
  expect(chooseEdges({ edges, transitions: 12 }, 1)).toEqual({ shown: [edges[0]], coverage: 0.5 })
  expect(chooseEdges({ edges, transitions: 12 }, 9)).toMatchObject({ coverage: 0.75 })
  expect(chooseEdges({ edges: [], transitions: 0 }, 5)).toEqual({ shown: [], coverage: 1 })
})

test('the map of steps stands a circle and leaves out contacts without an edge', () => {
  const { nodes, edges, width, height } = laySteps(['a', 'b', 'c'].map(node), [
    edge('a', 'b', 5),
    edge('b', 'a', 2),
  ])
  expect(nodes.map(({ node: one }) => one.key)).toEqual(['a', 'b'])
  expect(edges.every(({ path }) => /^M-?\d+ -?\d+[QL]/.test(path))).toBe(true)
  for (const value of [width, height]) expect(value).toBeGreaterThan(0)
})
