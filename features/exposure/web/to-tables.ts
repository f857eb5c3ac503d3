import type { TFunction } from 'i18next'
import type { ReportTable } from '../../reports/web/parts.ts'
import type { ExposureAnswer, ExposureBin } from '../contract.ts'
import { findFilled } from './curve.ts'

/** The report for a spreadsheet. */
export function toTables(
  { bins, outcome, smooth }: ExposureAnswer,
  t: TFunction<'exposure'>,
  label: (bin: ExposureBin) => string,
): ReportTable[] {
  const number = (title: string) => ({ title, kind: 'number' as const })
  const bounds = [number(t('table.low')), number(t('table.high'))]
  const groups: ReportTable = {
    name: t('table.title'),
    columns: [
      { title: t('table.bin'), kind: 'text' },
      number(t('table.persons')),
      number(t('table.days')),
      number(t(`table.events.${outcome}`)),
      number(t('table.plain')),
      number(t('table.adjusted')),
      ...bounds,
      number(t('table.gain')),
      ...bounds,
    ],
    rows: findFilled(bins).map((bin) => [
      label(bin),
      bin.persons,
      bin.days,
      bin.events,
      bin.plain,
      ...spread(bin.adjusted),
      ...spread(bin.gain),
    ]),
  }
  const curve: ReportTable = {
    name: t('table.curve'),
    columns: [number(t('table.bin')), number(t('table.adjusted')), ...bounds],
    rows: smooth.map((one) => [one.contacts, one.value, one.low, one.high]),
  }
  return smooth.length > 0 ? [groups, curve] : [groups]
}

const spread = (one: ExposureBin['adjusted']) => (one ? [one.value, one.low, one.high] : [null, null, null])
