import { UnstyledButton } from '@mantine/core'
import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { Share, Spread } from '../contract.ts'
import classes from './choosing.module.css'
import { digitsOf } from './share-digits.ts'

export interface OpenBar {
  value: number
  andMore: boolean
}

interface Bar extends OpenBar {
  share: Share | null
}

/** Values up to this stand alone; all above it are one. */
const MAX_ALONE = 7

/** A bar for each value, those without anybody included, and one for all the large ones. */
export function toBars(spread: Spread, limit = MAX_ALONE): Bar[] {
  const top = spread.values.at(-1)?.value ?? 0
  const shareOf = (value: number) => spread.values.find((one) => one.value === value)?.share ?? null
  const alone = Array.from({ length: Math.min(top, limit - 1) + 1 }, (_, value) => ({
    value,
    andMore: false,
    share: shareOf(value),
  })).filter(({ share }, value) => share !== null || (value > 0 && Number.isFinite(limit)))
  if (top < limit) return alone
  const rest = spread.values.filter(({ value }) => value >= limit)
  const n = rest.reduce((sum, one) => sum + one.n, 0)
  const interval = findWilsonInterval(n, spread.n)
  const share = interval ? { n, of: spread.n, ...interval } : null
  return [...alone, { value: limit, andMore: true, share }]
}

type SpreadBarsProps = {
  label: string
  spread: Spread
  other: Spread | undefined
  nameOf: (value: number, andMore: boolean) => string
  open: (bar: OpenBar) => void
}

/** How many persons have each value; a line in the bar shows the other side. */
export function SpreadBars({ label, spread, other, nameOf, open }: SpreadBarsProps) {
  const locale = useLocale()
  const others = other && toBars(other)
  return (
    <ol className={classes.bars} aria-label={label}>
      {toBars(spread).map(({ value, andMore, share }) => {
        const ghost = others?.find((one) => one.value === value && one.andMore === andMore)?.share?.share
        return (
          <li key={value}>
            <span className={classes.name}>{nameOf(value, andMore)}</span>
            <span className={classes.track} aria-hidden="true">
              <i style={{ '--share': share?.share ?? 0 } as React.CSSProperties} />
              {ghost !== undefined && <b style={{ '--share': ghost } as React.CSSProperties} />}
            </span>
            <span className={classes.figure}>
              {share ? (
                <>
                  <UnstyledButton className={classes.who} onClick={() => open({ value, andMore })}>
                    {formatNumber(share.n, locale)}
                  </UnstyledButton>{' '}
                  <Estimate {...share} n={share.of} digits={digitsOf(share.share)} />
                </>
              ) : (
                '0'
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
