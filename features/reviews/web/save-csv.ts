import type { TFunction } from 'i18next'
import { toCsvLine } from '../../../kernel/csv.ts'
import type { Review } from '../contract.ts'
import type { Names } from './use-reviews.ts'

/** The list as a spreadsheet reads it: days and shares as they are, in the reader's words. */
export function writeReviewsCsv(items: readonly Review[], names: Names, t: TFunction<'reviews'>): string {
  const head = [
    'touchpoint',
    'stage',
    'due',
    'next',
    'every',
    'owner',
    'persons',
    'said',
    'kept',
    'day',
    'note',
  ] as const
  const lines = items.map((one) =>
    toCsvLine([
      ...[names.touchpoint(one.touchpoint), names.stage(one.stage), t(`due.${one.due}`), one.nextOn],
      ...[one.everyWeeks, one.ownerName, one.now.persons],
      ...[round(one.now.said?.mean, 1), round(one.now.kept?.mean, 3), one.last?.day ?? null],
      one.last?.note ?? null,
    ]),
  )
  // The mark in front tells Excel that it is UTF-8.
  return `\ufeff${toCsvLine(head.map((key) => t(`csv.${key}`)))}${lines.join('')}`
}

const round = (value: number | undefined, digits: number) =>
  value === undefined ? null : Number(value.toFixed(digits))

export function saveCsv(text: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `${name}.csv`
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
