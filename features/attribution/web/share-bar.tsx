import type { Attribution, ChannelCredit } from '../contract.ts'
import classes from './attribution.module.css'
import type { ModelKey } from './attribution-search.ts'

type ShareBarProps = { credit: ChannelCredit; answer: Attribution; model: ModelKey; most: number }

/** The share as a bar, its likely range as a line across the bar's end, what other models say as ticks. */
export function ShareBar({ credit: { channel, share, low, high }, answer, model, most }: ShareBarProps) {
  const at = (value: number) => `${(100 * Math.min(value, most)) / most}%`
  const others = answer.models.filter((one) => one.model !== model)
  return (
    <span className={classes.track} aria-hidden="true">
      <span className={classes.bar} style={{ width: at(share) }} />
      {others.map((one) => (
        <span
          key={one.model}
          className={classes.tick}
          style={{ insetInlineStart: at(one.channels.find((each) => each.channel === channel)?.share ?? 0) }}
        />
      ))}
      <span className={classes.range} style={{ insetInlineStart: at(low), width: at(high - low) }} />
    </span>
  )
}
