import { formatPercent, useLocale } from '../../../web/format.ts'
import type { MapStage } from '../contract.ts'
import { useEstimateWords } from './figures.tsx'
import { shown, weightOf } from './judge.ts'
import classes from './picture.module.css'
import { KEPT_FLOOR, type Layout } from './picture-layout.ts'

type KeptBandProps = { stages: MapStage[]; compared: MapStage[] | undefined; layout: Layout }

/** How far the shop kept its standards: the ground under the path, one block a stage, from 0 to 100 %. */
export function KeptBand({ stages, compared, layout }: KeptBandProps) {
  const locale = useLocale()
  const { width, keptY } = layout
  return (
    <g>
      <g className={classes.scale}>
        <line x1="0" x2={width} y1={keptY(1)} y2={keptY(1)} />
        <text x="8" y={keptY(1) - 4}>
          {formatPercent(1, locale)}
        </text>
        <line x1="0" x2={width} y1={KEPT_FLOOR} y2={KEPT_FLOOR} data-middle />
      </g>
      {stages.map((stage, index) => (
        <Block
          key={stage.key}
          stage={stage}
          before={compared?.find(({ key }) => key === stage.key)}
          index={index}
          layout={layout}
        />
      ))}
    </g>
  )
}

type BlockProps = { stage: MapStage; before: MapStage | undefined; index: number; layout: Layout }

function Block({ stage, before, index, layout }: BlockProps) {
  const words = useEstimateWords()
  const kept = shown(stage.kept)
  const { x, step, keptY } = layout
  const width = Math.min(step - 26, 110)
  const left = x(index) - width / 2
  const earlier = shown(before?.kept ?? null)
  const isNumber = weightOf(kept) === 'number'
  return (
    <g data-tone={words.toneOf('kept', stage.kept)} className={classes.block}>
      {kept ? (
        <>
          <path d={roundedBlock(left, keptY(kept.mean), width)} />
          <rect
            x={left}
            width={width}
            y={keptY(kept.high)}
            height={keptY(kept.low) - keptY(kept.high)}
            rx="2"
          />
          {isNumber && (
            <line x1={left + 5} x2={left + width - 5} y1={keptY(kept.mean)} y2={keptY(kept.mean)} />
          )}
          <text
            className={isNumber ? undefined : classes.inWords}
            x={x(index)}
            y={Math.min(keptY(kept.mean) + 19, KEPT_FLOOR - 6)}
          >
            {words.short('kept', kept)}
          </text>
        </>
      ) : (
        <text className={classes.nothing} x={x(index)} y={KEPT_FLOOR - 8}>
          {stage.measured > 0 ? words.short('kept', null) : '–'}
        </text>
      )}
      {earlier && (
        <line
          className={classes.before}
          x1={left - 5}
          x2={left + width + 5}
          y1={keptY(earlier.mean)}
          y2={keptY(earlier.mean)}
        />
      )}
    </g>
  )
}

/** A block standing on the ground, its upper corners rounded. */
function roundedBlock(left: number, top: number, width: number): string {
  const r = Math.min(7, Math.max(0, KEPT_FLOOR - top))
  return `M${left},${KEPT_FLOOR}V${top + r}q0,${-r} ${r},${-r}h${width - 2 * r}q${r},0 ${r},${r}V${KEPT_FLOOR}Z`
}
