import type { ArrivalCounts } from '../debugger-contract.ts'

const HOURS = 48
const HOUR_MS = 3_600_000
const WIDTH = 160
const HEIGHT = 26

const colours = { accepted: 'var(--won)', duplicate: 'var(--even)', rejected: 'var(--lost)' }

/** The last two days by hour, as bars. The number beside it says the same in words. */
export function HourBars({ hours, of }: { hours: ArrivalCounts['hours']; of: keyof typeof colours }) {
  const now = Math.floor(Date.now() / HOUR_MS)
  const values = new Array<number>(HOURS).fill(0)
  for (const hour of hours) {
    const place = HOURS - 1 - (now - Math.floor(Date.parse(hour.hour) / HOUR_MS))
    if (place >= 0 && place < HOURS) values[place] = hour[of]
  }
  const top = Math.max(1, ...values)
  const step = WIDTH / HOURS
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
      style={{ display: 'block', marginTop: 6 }}
    >
      {values.map((value, index) => {
        const height = value === 0 ? 1 : Math.max(2, (value / top) * HEIGHT)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the hour
            key={index}
            x={index * step}
            y={HEIGHT - height}
            width={step - 1}
            height={height}
            rx={0.8}
            fill={value === 0 ? 'var(--line)' : colours[of]}
          />
        )
      })}
    </svg>
  )
}
