import { useTranslation } from '../use-translation.ts'
import classes from './path-picture.module.css'

/** The ten stages and how far to the good side each lies: a shape that tells what the map is, not anybody's figures. */
const stops = [
  ['need', 30],
  ['search', 22],
  ['firstLook', 46],
  ['site', 12],
  ['contact', 34],
  ['order', 56],
  ['delivery', -52],
  ['receipt', 24],
  ['use', 40],
  ['opinion', 30],
] as const

const step = 58
const height = step * stops.length
const width = 420
const middle = 130
const point = (index: number, feeling: number) => ({ x: middle + feeling * 1.5, y: step * (index + 0.5) })

const curve = stops
  .map(([, feeling], index) => {
    const { x, y } = point(index, feeling)
    const before = stops[index - 1]
    if (!before) return `M${x},${y}`
    const from = point(index - 1, before[1])
    const half = (from.y + y) / 2
    return `C${from.x},${half} ${x},${half} ${x},${y}`
  })
  .join('')

/** A customer's path running down the page: green where goodwill is won, coral where it is lost. Drawn once. */
export function PathPicture() {
  const { t } = useTranslation('shell')
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('pathPicture')}
    >
      <defs>
        <linearGradient id="feeling" x1="60" x2="200" y1="0" y2="0" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="var(--lost)" />
          <stop offset="0.5" stopColor="var(--even)" />
          <stop offset="0.8" stopColor="var(--won)" />
        </linearGradient>
      </defs>
      <line className={classes.middle} x1={middle} x2={middle} y1="0" y2={height} />
      <path className={classes.halo} d={curve} stroke="url(#feeling)" />
      <path className={classes.curve} d={curve} stroke="url(#feeling)" pathLength="1" />
      {stops.map(([key, feeling], index) => {
        const { x, y } = point(index, feeling)
        const tone = feeling < 0 ? 'lost' : feeling < 20 ? 'even' : 'won'
        return (
          <g
            key={key}
            data-tone={tone}
            className={classes.stop}
            style={{ animationDelay: `${0.15 + index * 0.13}s` }}
          >
            <circle cx={x} cy={y} r="6.5" />
            <text x={feeling < 0 ? middle + 24 : x + 22} y={y + 5}>
              {t(`stages.${key}`)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
