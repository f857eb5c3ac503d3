import type { ReportTable } from '../../reports/web/parts.ts'
import type { Counted, FlowAnswer, StepsAnswer, VariantsAnswer } from '../contract.ts'
import type { FlowNode } from './flow-words.ts'

type Title = (
  key:
    | 'from'
    | 'to'
    | 'step'
    | 'n'
    | 'times'
    | 'share'
    | 'low'
    | 'high'
    | 'other'
    | 'difference'
    | 'q'
    | 'path'
    | 'coverage'
    | 'ordered'
    | 'seconds'
    | 'value'
    | 'quarter'
    | 'most',
) => string
type Column = ReportTable['columns'][number]

const SHARES = ['share', 'low', 'high'] as const
const COMPARED = ['other', 'difference', 'q'] as const
const counted = (title: Title): Column[] => [
  { title: title('n'), kind: 'number' },
  ...[...SHARES, ...COMPARED].map((key): Column => ({ title: title(key), kind: 'share' })),
]
const cells = ({ n, share, low, high, other }: Counted) => [
  ...[n, share, low, high],
  ...[other?.share ?? null, other?.difference ?? null, other?.q ?? null],
]

export function tableOfFlow(
  { columns, links }: FlowAnswer,
  name: string,
  nameOf: (node: FlowNode) => string,
  title: Title,
): ReportTable[] {
  const nodeName = (column: number, at: number) => {
    const node = columns[column]?.[at]
    return node ? nameOf(node) : ''
  }
  return [
    {
      name,
      columns: [
        { title: title('step'), kind: 'number' },
        { title: title('from'), kind: 'text' },
        { title: title('to'), kind: 'text' },
        ...counted(title),
      ],
      rows: links.map((link) => [
        ...[link.column + 1, nodeName(link.column, link.from), nodeName(link.column + 1, link.to)],
        ...cells(link),
      ]),
    },
  ]
}

export function tableOfVariants(
  { variants }: VariantsAnswer,
  name: string,
  nameOf: (key: string) => string,
  title: Title,
): ReportTable[] {
  return [
    {
      name,
      columns: [
        { title: title('path'), kind: 'text' },
        ...counted(title),
        { title: title('coverage'), kind: 'share' },
        { title: title('ordered'), kind: 'share' },
        { title: title('seconds'), kind: 'number' },
        { title: title('value'), kind: 'money' },
      ],
      rows: variants.map((one) => [
        [...one.path.map(nameOf), ...(one.isCut ? ['…'] : [])].join(' > '),
        ...cells(one),
        ...[one.coverage, one.ordered.share, one.medianSeconds, one.value],
      ]),
    },
  ]
}

export function tableOfSteps(
  { edges }: StepsAnswer,
  name: string,
  nameOf: (key: string) => string,
  title: Title,
): ReportTable[] {
  return [
    {
      name,
      columns: [
        { title: title('from'), kind: 'text' },
        { title: title('to'), kind: 'text' },
        { title: title('times'), kind: 'number' },
        ...counted(title),
        ...(['quarter', 'seconds', 'most'] as const).map(
          (key): Column => ({ title: title(key), kind: 'number' }),
        ),
      ],
      rows: edges.map((edge) => [
        ...[nameOf(edge.from), nameOf(edge.to), edge.times],
        ...cells(edge),
        ...[edge.took.quarter, edge.took.half, edge.took.most],
      ]),
    },
  ]
}
