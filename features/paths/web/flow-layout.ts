import { type SankeyLink, type SankeyNode, sankey } from 'd3-sankey'
import type { FlowAnswer } from '../contract.ts'
import type { Place } from '../vocabulary.ts'

type FlowNode = FlowAnswer['columns'][number][number]
type FlowLink = FlowAnswer['links'][number]

/** Where a node stands: `along` is the way the flow goes, `across` the other one. */
export interface PlacedNode {
  node: FlowNode
  column: number
  along: number
  across: number
  size: number
}

export interface PlacedLink {
  link: FlowLink
  /** Places of its nodes in the list of nodes. */
  from: number
  to: number
  toPlace: Place
  path: string
  width: number
}

export interface FlowLayout {
  nodes: PlacedNode[]
  links: PlacedLink[]
  length: number
  breadth: number
}

export interface FlowSpace {
  /** Pixels the way the flow goes, and across. */
  length: number
  breadth: number
  /** On a phone the flow runs down. */
  isDown: boolean
  /** Pixels between nodes of a column. */
  gap: number
}

export const NODE_THICKNESS = 14

type Extra = { index: number; column: number }

/** Nodes and ribbons in pixels. Nodes keep the order of the answer: contacts by size, then how paths end. */
export function layFlow(
  { columns, links }: Pick<FlowAnswer, 'columns' | 'links'>,
  space: FlowSpace,
): FlowLayout {
  const starts = columns.map((_, at) => columns.slice(0, at).reduce((sum, column) => sum + column.length, 0))
  const flat = columns.flatMap((column, at) => column.map((node) => ({ node, column: at })))
  const drawn = links.filter(({ n }) => n > 0)
  const graph = {
    nodes: flat.map(({ column }, index): Extra => ({ index, column })),
    links: drawn.map(({ column, from, to, n }) => ({
      source: (starts[column] as number) + from,
      target: (starts[column + 1] as number) + to,
      value: n,
    })),
  }
  if (graph.links.length === 0) return { nodes: [], links: [], length: space.length, breadth: space.breadth }
  const lay = sankey<Extra, object>()
    .nodeAlign((node) => node.column)
    .nodeSort((a, b) => a.index - b.index)
    .linkSort((a, b) => indexOf(a.target) - indexOf(b.target) || indexOf(a.source) - indexOf(b.source))
    .nodeWidth(NODE_THICKNESS)
    .nodePadding(space.gap)
    .extent([
      [0, 0],
      [space.length, space.breadth],
    ])
  const placed = lay(graph)
  return {
    length: space.length,
    breadth: space.breadth,
    nodes: placed.nodes.map(({ index, x0 = 0, y0 = 0, y1 = 0 }) => ({
      ...(flat[index as number] as (typeof flat)[number]),
      along: x0,
      across: y0,
      size: Math.max(1, y1 - y0),
    })),
    links: placed.links.map((link, at) => {
      const [from, to] = [indexOf(link.source), indexOf(link.target)]
      return {
        link: drawn[at] as FlowLink,
        from,
        to,
        toPlace: (flat[to] as (typeof flat)[number]).node.place,
        path: ribbon(link, space.isDown),
        width: Math.max(1, link.width ?? 1),
      }
    }),
  }
}

type Placed = SankeyLink<Extra, object>
const indexOf = (end: Placed['source']): number => (end as SankeyNode<Extra, object>).index as number

/** A curve that leaves and arrives straight. */
function ribbon(link: Placed, isDown: boolean): string {
  const x0 = (link.source as SankeyNode<Extra, object>).x1 ?? 0
  const x1 = (link.target as SankeyNode<Extra, object>).x0 ?? 0
  const [y0, y1] = [link.y0 ?? 0, link.y1 ?? 0]
  const middle = (x0 + x1) / 2
  const at = (along: number, across: number) =>
    isDown ? `${round(across)} ${round(along)}` : `${round(along)} ${round(across)}`
  return `M${at(x0, y0)}C${at(middle, y0)} ${at(middle, y1)} ${at(x1, y1)}`
}

const round = (value: number) => Math.round(value * 10) / 10
