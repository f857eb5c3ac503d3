import { parseDay, formatDay as writeDay } from '../../../kernel/time.ts'
import { formatDay } from '../../../web/format.ts'
import type { Cohort } from '../contract.ts'

/** A row by its days: a whole month by its name, others with the year where the table holds several. */
export function nameRow(
  { from, to }: Pick<Cohort, 'from' | 'to'>,
  hasYears: boolean,
  locale: string,
): string {
  const last = writeDay((parseDay(to) as number) - 1)
  if (from === last) return formatDay(last, locale)
  const isMonth = from.endsWith('-01') && to.endsWith('-01') && from.slice(0, 7) === last.slice(0, 7)
  if (isMonth && hasYears) return formatDay(from, locale).replace(/^\D*\d+\D?\s/, '')
  const short = (day: string) => formatDay(day, locale).replace(/[,.]?\s\d{4}.*$/, '')
  return `${short(from)} – ${hasYears ? formatDay(last, locale) : short(last)}`
}

/** Whether rows of different years stand below each other. */
export const haveYears = (cohorts: readonly Cohort[]): boolean =>
  cohorts[0]?.from.slice(0, 4) !== cohorts.at(-1)?.from.slice(0, 4)
