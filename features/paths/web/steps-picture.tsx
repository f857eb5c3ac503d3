import { Button } from '@mantine/core'
import { type CSSProperties, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import type { StepsAnswer } from '../contract.ts'
import { toneOfDifference } from './flow-words.ts'
import { formatDuration } from './format-duration.ts'
import classes from './paths.module.css'
import type { Who } from './paths-search.ts'
import { chooseEdges, laySteps, NODE } from './steps-layout.ts'
import { usePanZoom } from './use-pan-zoom.ts'

export interface StepsPictureProps {
  answer: StepsAnswer
  nameOf: (key: string) => string
  open: (who: Who) => void
}

const FIRST_EDGES = 18

/** What follows what. The slider hides edges, never the total: it says how much of all that happened is shown. */
export function StepsPicture({ answer, nameOf, open }: StepsPictureProps) {
  const { t } = useTranslation('paths')
  const most = answer.edges.filter(({ times }) => times > 0).length
  const [count, setCount] = useState(FIRST_EDGES)
  const { shown, coverage } = useMemo(() => chooseEdges(answer, Math.min(count, most)), [answer, count, most])
  const layout = useMemo(() => laySteps(answer.nodes, shown), [answer, shown])
  const view = usePanZoom(layout)
  return (
    <Section title={t('steps.title')} hint={t('steps.hint')} actions={<ZoomButtons {...view} />}>
      <EdgesSlider shown={shown.length} most={most} coverage={coverage} choose={setCount} />
      {/* biome-ignore lint/a11y/useSemanticElements: no fields are grouped here */}
      <div
        ref={showMiddle}
        className={classes.canvas}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move what is seen
        tabIndex={0}
        role="group"
        aria-label={t('steps.keys')}
        {...view.handlers}
      >
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the box around it is named, the lists below say the same */}
        <svg
          viewBox={view.box}
          className={classes.graph}
          style={{ '--width': layout.width } as CSSProperties}
        >
          <Arrow />
          {layout.edges.map((placed) => (
            <StepEdge key={`${placed.edge.from} ${placed.edge.to}`} placed={placed} nameOf={nameOf} />
          ))}
          {layout.nodes.map(({ node, x, y }) => (
            <StepBox key={node.key} {...{ node, x, y, nameOf, open }} />
          ))}
        </svg>
      </div>
    </Section>
  )
}

interface SliderProps {
  shown: number
  most: number
  /** 0…1 of all that happened. */
  coverage: number
  choose: (count: number) => void
}

function EdgesSlider({ shown, most, coverage, choose }: SliderProps) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  return (
    <div className={classes.slider}>
      <label htmlFor="steps-count">
        {t('steps.shown', { count: shown, share: formatPercent(coverage, locale) })}
      </label>
      <input
        id="steps-count"
        type="range"
        min={1}
        max={Math.max(2, most)}
        value={shown}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      />
    </div>
  )
}

/** On a phone the drawing is wider than what is seen; most paths run through its middle. */
function showMiddle(box: HTMLElement | null) {
  if (box) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2
}

function ZoomButtons({ zoom, reset }: Pick<ReturnType<typeof usePanZoom>, 'zoom' | 'reset'>) {
  const { t } = useTranslation('paths')
  return (
    <div className={classes.zoom}>
      <Button variant="default" size="sm" aria-label={t('steps.closer')} onClick={() => zoom(0.8)}>
        +
      </Button>
      <Button variant="default" size="sm" aria-label={t('steps.farther')} onClick={() => zoom(1.25)}>
        −
      </Button>
      <Button variant="default" size="sm" onClick={reset}>
        {t('steps.whole')}
      </Button>
    </div>
  )
}

type PlacedEdge = ReturnType<typeof laySteps>['edges'][number]

function StepEdge({ placed, nameOf }: { placed: PlacedEdge; nameOf: (key: string) => string }) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const { edge, path, width, x, y } = placed
  const time = (seconds: number) => formatDuration(seconds, locale)
  return (
    <g className={classes.edge} data-difference={toneOfDifference(edge)}>
      <path d={path} strokeWidth={width} markerEnd="url(#steps-arrow)" />
      <title>
        {t('steps.edge', {
          from: nameOf(edge.from),
          to: nameOf(edge.to),
          count: edge.times,
          half: time(edge.took.half),
          quarter: time(edge.took.quarter),
          most: time(edge.took.most),
        })}
      </title>
      <text x={x} y={y - 2}>
        {formatNumber(edge.times, locale)}
        <tspan x={x} dy={12}>
          {time(edge.took.half)}
        </tspan>
      </text>
    </g>
  )
}

function Arrow() {
  return (
    <defs>
      <marker
        id="steps-arrow"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="9"
        markerHeight="9"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 0.5 8 4 0 7.5Z" className={classes.arrow} />
      </marker>
    </defs>
  )
}

type BoxProps = { node: StepsAnswer['nodes'][number]; x: number; y: number } & Pick<
  StepsPictureProps,
  'nameOf' | 'open'
>

function StepBox({ node, x, y, nameOf, open }: BoxProps) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const name = nameOf(node.key)
  const choose = () => open({ line: 'met', step: node.key })
  const lost = node.n === 0 ? 0 : node.ended.left / node.n
  const isPress = (key: string) => key === 'Enter' || key === ' '
  return (
    <g className={classes.box} transform={`translate(${x - NODE.width / 2} ${y - NODE.height / 2})`}>
      {/* biome-ignore lint/a11y/useSemanticElements: there are no buttons inside a drawing */}
      <g
        role="button"
        tabIndex={0}
        aria-label={t('steps.node', { name, count: node.n })}
        onClick={choose}
        onKeyDown={(event) => {
          if (!isPress(event.key)) return
          event.preventDefault()
          choose()
        }}
      >
        <rect width={NODE.width} height={NODE.height} rx={10} />
        {lost > 0 && (
          <rect width={NODE.width * lost} height={4} y={NODE.height - 4} x={0} className={classes.lost} />
        )}
      </g>
      {/* Beside the button, whose own name says in full what is often cut here. */}
      <text x={NODE.width / 2} y={19}>
        {name.length > 23 ? `${name.slice(0, 22)}…` : name}
      </text>
      <text x={NODE.width / 2} y={35} className={classes.count}>
        {formatNumber(node.n, locale)}
        {node.again.times > 0 && ` · ↻ ${formatNumber(node.again.times, locale)}`}
      </text>
    </g>
  )
}
