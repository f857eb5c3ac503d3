import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import { weightOf } from '../../reports/web/parts.ts'
import type { FlowAnswer } from '../contract.ts'
import { FlowCaption } from './flow-caption.tsx'
import { type FlowLayout, layFlow, NODE_THICKNESS, type PlacedLink, type PlacedNode } from './flow-layout.ts'
import { spotOf, toneOfDifference, useFlowWords } from './flow-words.ts'
import classes from './paths.module.css'
import type { Who } from './paths-search.ts'

export interface FlowPictureProps {
  answer: FlowAnswer
  nameOf: (key: string) => string
  open: (who: Who) => void
}

const PHONE = 620
/** Room for the labels of the last column. */
const MARGIN = 172

/** The flow from contact to contact: across the page, on a phone down it. Every node leads to its persons. */
export function FlowPicture({ answer, nameOf, open }: FlowPictureProps) {
  const { t } = useTranslation('paths')
  const { ref, width } = useElementSize()
  const [lit, setLit] = useState<number>()
  const isDown = width > 0 && width < PHONE
  const most = Math.max(...answer.columns.map((column) => column.length))
  const layout =
    width === 0
      ? undefined
      : isDown
        ? layFlow(answer, { length: answer.columns.length * 128, breadth: width, isDown, gap: 5 })
        : layFlow(answer, { length: width - MARGIN, breadth: 240 + most * 32, isDown, gap: 16 })
  return (
    <Section title={t('flow.title')} hint={t(isDown ? 'flow.hintDown' : 'flow.hint')}>
      <div ref={ref} className={classes.flow} data-compared={answer.meta.compared !== null || undefined}>
        {layout && <FlowDrawing layout={layout} isDown={isDown} {...{ answer, nameOf, open, lit, setLit }} />}
      </div>
      <FlowCaption
        answer={answer}
        node={lit === undefined ? undefined : layout?.nodes[lit]}
        nameOf={nameOf}
      />
    </Section>
  )
}

interface DrawingProps extends FlowPictureProps {
  layout: FlowLayout
  isDown: boolean
  lit: number | undefined
  setLit: (node: number | undefined) => void
}

function FlowDrawing({ layout, isDown, answer, nameOf, open, lit, setLit }: DrawingProps) {
  const { t } = useTranslation('paths')
  const last = answer.columns.length - 1
  const room = (layout.length - NODE_THICKNESS) / Math.max(1, last) - NODE_THICKNESS
  const [wide, high] = isDown
    ? [layout.breadth, layout.length + 40]
    : [layout.length + MARGIN, layout.breadth + 34]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing holds no fieldset
    <svg
      className={classes.drawing}
      viewBox={`0 ${isDown ? -6 : -26} ${wide} ${high}`}
      role="group"
      aria-label={t('flow.title')}
      data-lit={lit !== undefined || undefined}
      onMouseLeave={() => setLit(undefined)}
    >
      {!isDown && <ColumnHeads layout={layout} answer={answer} />}
      {layout.links.map((link) => (
        <Ribbon key={`${link.from} ${link.to}`} link={link} isLit={link.from === lit || link.to === lit} />
      ))}
      {layout.nodes.map((node, at) => (
        <Node
          key={`${node.column} ${node.node.place} ${node.node.key}`}
          placed={node}
          isDown={isDown}
          isLit={at === lit}
          room={node.column === last ? MARGIN - NODE_THICKNESS : room}
          nameOf={nameOf}
          onLight={() => setLit(at)}
          onOpen={() => open({ column: node.column, spot: spotOf(answer, node) })}
        />
      ))}
    </svg>
  )
}

function ColumnHeads({ layout, answer }: { layout: FlowLayout; answer: FlowAnswer }) {
  const { t } = useTranslation('paths')
  const begins = answer.columns.map((_, column) => layout.nodes.find((node) => node.column === column)?.along)
  return begins.map((along, column) =>
    along === undefined ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
      <text key={column} x={along} y={-10} className={classes.head}>
        {column === answer.columns.length - 1 ? t('flow.after') : t('flow.step', { place: column + 1 })}
      </text>
    ),
  )
}

function Ribbon({ link, isLit }: { link: PlacedLink; isLit: boolean }) {
  return (
    <path
      className={classes.ribbon}
      d={link.path}
      strokeWidth={link.width}
      data-place={link.toPlace}
      data-lit={isLit || undefined}
      data-difference={toneOfDifference(link.link)}
    />
  )
}

interface NodeProps {
  placed: PlacedNode
  isDown: boolean
  isLit: boolean
  room: number
  nameOf: (key: string) => string
  onLight: () => void
  onOpen: () => void
}

function Node({ placed, isDown, isLit, room, nameOf, onLight, onOpen }: NodeProps) {
  const { node, along, across, size } = placed
  const words = useFlowWords(nameOf)
  const [x, y, width, height] = isDown
    ? [across, along, size, NODE_THICKNESS]
    : [along, across, NODE_THICKNESS, size]
  return (
    <g
      className={classes.node}
      data-place={node.place}
      data-lit={isLit || undefined}
      data-difference={toneOfDifference(node)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: there are no buttons inside a drawing */}
      <g
        role="button"
        tabIndex={0}
        className={classes.press}
        aria-label={words.tell(node, placed.column)}
        onMouseEnter={onLight}
        onFocus={onLight}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          onOpen()
        }}
      >
        <rect {...hitOf(placed, isDown, room)} fill="transparent" />
        <rect x={x} y={y} width={width} height={height} rx={3} className={classes.bar} />
      </g>
      {/* Beside the button, whose own name says in full what is often cut here. */}
      <Label placed={placed} isDown={isDown} room={room} name={words.name(node)} />
    </g>
  )
}

/** What can be pressed: the bar and the label beside or below it. */
function hitOf({ along, across, size }: PlacedNode, isDown: boolean, room: number) {
  if (isDown) return { x: across - 5, y: along - 5, width: size + 10, height: NODE_THICKNESS + 38 }
  const width = NODE_THICKNESS + Math.max(10, Math.min(room - 6, 130))
  return { x: along - 5, y: across - 5, width, height: size + 10 }
}

interface LabelProps {
  placed: PlacedNode
  isDown: boolean
  /** Pixels to the next column. */
  room: number
  name: string
}

/** As much of the name as there is room for; the rest is said by the caption and the table. */
function Label({ placed, isDown, room, name }: LabelProps) {
  const locale = useLocale()
  const { node, along, across, size } = placed
  const count = formatNumber(node.n, locale)
  if (isDown) {
    const letters = Math.floor(size / 6.4)
    if (letters < 4) return null
    return (
      <text x={across} y={along + NODE_THICKNESS + 14} className={classes.small}>
        {cutName(name, letters)}
        <tspan x={across} dy={13} className={classes.count}>
          {count}
        </tspan>
      </text>
    )
  }
  const x = along + NODE_THICKNESS + 7
  const middle = across + size / 2
  const letters = Math.floor((room - 10) / (size < 30 ? 6.9 : 7.4))
  if (size < 30)
    return (
      <text x={x} y={middle + 4} className={classes.label} data-small="">
        {cutName(name, letters - count.length - 1)}
        <tspan dx={6} className={classes.count}>
          {count}
        </tspan>
      </text>
    )
  return (
    <text x={x} y={middle - 3} className={classes.label}>
      {cutName(name, letters)}
      <tspan x={x} dy={16} className={classes.count}>
        {count}
        {node.share !== null && weightOf(node.of) === 'number' && ` · ${formatPercent(node.share, locale)}`}
      </tspan>
    </text>
  )
}

const cutName = (name: string, letters: number): string =>
  name.length > letters ? `${name.slice(0, Math.max(1, letters - 1)).trimEnd()}…` : name
