import dagre from '@dagrejs/dagre'
import type { StepsAnswer } from '../contract.ts'

export type Edge = StepsAnswer['edges'][number]
export type StepNode = StepsAnswer['nodes'][number]

/** The most frequent edges up to `count`, and how much of all that happened they are. */
export function chooseEdges(
  { edges, transitions }: Pick<StepsAnswer, 'edges' | 'transitions'>,
  count: number,
) {
  const shown = edges.filter(({ times }) => times > 0).slice(0, count)
  const covered = shown.reduce((sum, { times }) => sum + times, 0)
  return { shown, coverage: transitions === 0 ? 1 : covered / transitions }
}

export const NODE = { width: 182, height: 46 } as const

/** Contacts and the edges between them in pixels; the most frequent edges hold the layout straight. */
export function laySteps(nodes: readonly StepNode[], edges: readonly Edge[]) {
  const graph = new dagre.graphlib.Graph<Record<string, unknown>>({ multigraph: false })
  graph.setGraph({ rankdir: 'TB', nodesep: 34, ranksep: 62, marginx: 24, marginy: 24 })
  graph.setDefaultEdgeLabel(() => ({}))
  const used = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const shown = nodes.filter(({ key }) => used.has(key))
  for (const { key } of shown) graph.setNode(key, { ...NODE })
  const most = Math.max(1, ...edges.map(({ times }) => times))
  for (const edge of edges)
    graph.setEdge(edge.from, edge.to, {
      weight: 1 + Math.round((9 * edge.times) / most),
      width: 58,
      height: 18,
      labelpos: 'c',
    })
  dagre.layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    width: Math.max(1, width),
    height: Math.max(1, height),
    nodes: shown.map((node) => {
      const { x, y } = graph.node(node.key) as { x: number; y: number }
      return { node, x, y }
    }),
    edges: edges.map((edge) => {
      const { points, x, y } = graph.edge(edge.from, edge.to) as unknown as {
        points: { x: number; y: number }[]
        x: number
        y: number
      }
      return { edge, path: smooth(points), x, y, width: 1.2 + (7 * edge.times) / most }
    }),
  }
}

/** A curve through the points of an edge: to the middle of each leg, bent by its corners. */
function smooth(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  const at = ({ x, y }: { x: number; y: number }) => `${Math.round(x)} ${Math.round(y)}`
  const bends = rest.slice(0, -1).map((corner, index) => {
    const next = rest[index + 1] as { x: number; y: number }
    const end = index === rest.length - 2 ? next : { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 }
    return `Q${at(corner)} ${at(end)}`
  })
  return `M${at(first)}${bends.length > 0 ? bends.join('') : rest.map((point) => `L${at(point)}`).join('')}`
}
