import { useElementSize } from '@mantine/hooks'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { CohortsAnswer, Retention } from '../contract.ts'
import classes from './cohorts.module.css'
import type { Mode } from './cohorts-search.ts'
import { type CurvePoint, chooseTop, placePoints, toPath, writeShare } from './curve-shape.ts'

const HEIGHT = 240
const EDGE = { top: 26, right: 16, bottom: 30, left: 44 }
/** Numbers at points need so much room. */
const LABEL_WIDTH = 54

type CurveProps = { answer: CohortsAnswer; mode: Mode }

/** The mean of all cohorts, stretch after stretch, with its range; the compared side is a thin line behind it. */
export function RetentionCurve({ answer, mode }: CurveProps) {
  const { t } = useTranslation('cohorts')
  const { ref, width } = useElementSize<HTMLDivElement>()
  const { mean, other, size } = answer
  const own = pointsOf(mean, mode)
  const beside = other ? pointsOf(other.mean, mode) : []
  if (own.length === 0) return <p className={classes.quiet}>{t('curve.tooEarly')}</p>
  const top = chooseTop([...own, ...beside].map(({ high }) => high))
  const frame = { ...EDGE, width, height: HEIGHT, count: mean.length, top }
  return (
    <div ref={ref} className={classes.curve}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={t('curve.label')}>
          <Grid {...frame} size={size} />
          {beside.length > 0 && (
            <path className={classes.ghost} d={toPath(placePoints(beside, frame), 'share')} />
          )}
          <path className={classes.band} d={toPath(placePoints(own, frame), 'band')} />
          <path className={classes.mean} d={toPath(placePoints(own, frame), 'share')} />
          <Points points={own} frame={frame} />
        </svg>
      )}
      {other && (
        <p className={classes.legend}>
          <i data-line="own" /> {t('curve.own')} <i data-line="other" /> {t('curve.other')}
        </p>
      )}
    </div>
  )
}

/** Under the floor there is no number, so there is no point either. */
function pointsOf(mean: readonly (Retention | null)[], mode: Mode): CurvePoint[] {
  return mean.flatMap((cell, at) =>
    cell && weightOf(cell.of) !== 'none' ? [{ ...cell[mode], at, of: cell.of }] : [],
  )
}

type Frame = Parameters<typeof placePoints>[1]

function Grid({ size, ...frame }: Frame & { size: CohortsAnswer['size'] }) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const ends = placePoints([{ at: 0, share: 0, low: 0, high: frame.top, n: 0, of: 0 }], frame)[0]
  const step = (frame.width - frame.left - frame.right) / frame.count
  const every = Math.max(1, Math.ceil(34 / step))
  return (
    <g className={classes.grid}>
      {[0, 0.5, 1].map((part) => {
        const y = (ends?.share ?? 0) + ((ends?.high ?? 0) - (ends?.share ?? 0)) * part
        return (
          <g key={part}>
            <line x1={frame.left} x2={frame.width - frame.right} y1={y} y2={y} />
            <text x={frame.left - 8} y={y + 4} textAnchor="end">
              {formatPercent(frame.top * part, locale)}
            </text>
          </g>
        )
      })}
      {Array.from({ length: frame.count }, (_, at) => at)
        .filter((at) => at % every === 0)
        .map((at) => (
          <text key={at} x={frame.left + step * (at + 0.5)} y={frame.height - 8} textAnchor="middle">
            {at === 0 ? t(`curve.first.${size}`) : formatNumber(at + 1, locale)}
          </text>
        ))}
    </g>
  )
}

function Points({ points, frame }: { points: CurvePoint[]; frame: Frame }) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const write = useShareWords()
  const step = (frame.width - frame.left - frame.right) / frame.count
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / step))
  return (
    <g>
      {placePoints(points, frame).map((place, index) => {
        const { at, share, low, high, of } = points[index] as CurvePoint
        const words = write({ share, low, high, n: of })
        return (
          <g key={at} className={classes.point}>
            <circle cx={place.x} cy={place.share} r={4.5}>
              <title>
                {t('curve.point', { n: at + 1, value: words.value, range: words.range, count: of })}
              </title>
            </circle>
            {index % every === 0 && weightOf(of) === 'number' && (
              <text x={place.x} y={place.high - 9} textAnchor="middle">
                {writeShare(share, locale)}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}
