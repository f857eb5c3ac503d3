import { toCsvLine } from '../../../kernel/csv.ts'
import type { FunnelAnswer, FunnelStep } from '../contract.ts'

const HEAD = ['group', 'step', 'n', 'of_first', 'low', 'high', 'of_previous', 'left', 'median_seconds']

/** The funnel and its groups as a table for a spreadsheet; the mark in front tells Excel that it is UTF-8. */
export function toFunnelCsv(
  { steps, groups }: Pick<FunnelAnswer, 'steps' | 'groups'>,
  nameStep: (step: FunnelStep) => string,
  nameValue: (value: string | null) => string,
): string {
  const whole = steps.map(({ step, n, ofFirst, ofPrevious, left, took }) =>
    toCsvLine([
      '',
      nameStep(step),
      n,
      round(ofFirst?.share),
      round(ofFirst?.low),
      round(ofFirst?.high),
      round(ofPrevious?.share),
      left,
      took?.half ?? null,
    ]),
  )
  const parts = groups.flatMap(({ value, n }) =>
    steps.map(({ step }, index) => {
      const [count = 0, first = 0] = [n[index], n[0]]
      return toCsvLine([nameValue(value), nameStep(step), count, first > 0 ? round(count / first) : null])
    }),
  )
  return `\ufeff${toCsvLine(HEAD)}${whole.join('')}${parts.join('')}`
}

const round = (value: number | null | undefined) =>
  value === null || value === undefined ? null : Math.round(value * 10_000) / 10_000
