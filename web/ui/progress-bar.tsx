import type { ReactNode } from 'react'
import { formatPercent, useLocale } from '../format.ts'
import classes from './progress-bar.module.css'
import type { Tone } from './tone.ts'

type ProgressBarProps = {
  label: string
  /** 0…1; `null` while nobody knows how much there is. */
  value: number | null
  /** What is being done and how far it is, in words: a bar alone says too little. */
  text?: ReactNode
  tone?: Tone
}

export function ProgressBar({ label, value, text, tone = 'won' }: ProgressBarProps) {
  const locale = useLocale()
  const share = value === null ? null : Math.min(Math.max(value, 0), 1)
  // Rounded down: "100 %" before the end would be untrue.
  const percent = share === null ? undefined : Math.floor(share * 100)
  return (
    <div className={classes.progress} data-tone={tone}>
      <div className={classes.words}>
        <span>{text ?? label}</span>
        {percent !== undefined && <span className="num">{formatPercent(percent / 100, locale)}</span>}
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div
          className={share === null ? classes.unknown : classes.done}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  )
}
