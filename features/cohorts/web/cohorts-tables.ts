import type { TFunction } from 'i18next'
import { addDays, type ReportTable } from '../../reports/web/parts.ts'
import type { CohortsAnswer, Retention } from '../contract.ts'

interface Words {
  t: TFunction
  locale: string
  nameGroup: (value: string | null) => string
}

/** Everything on the page as tables: a line for each cell, with both ways of counting and their ranges. */
export function toTables(answer: CohortsAnswer, { t, nameGroup }: Words): ReportTable[] {
  const stretch = { title: t('file.stretch'), kind: 'number' as const }
  const figures = [
    { title: t('table.persons'), kind: 'number' as const },
    ...(['within', 'by'] as const).flatMap((mode) => [
      { title: t(`file.${mode}.n`), kind: 'number' as const },
      { title: t(`file.${mode}.share`), kind: 'share' as const },
      { title: t(`file.${mode}.low`), kind: 'share' as const },
      { title: t(`file.${mode}.high`), kind: 'share' as const },
    ]),
  ]
  const lines = (cells: readonly (Retention | null)[], head: (string | number)[]) =>
    cells.flatMap((cell, at) => (cell ? [[...head, at + 1, ...write(cell)]] : []))
  const cohorts: ReportTable = {
    name: t('file.cohorts'),
    columns: [
      { title: t('file.from'), kind: 'date' },
      { title: t('file.to'), kind: 'date' },
      stretch,
      ...figures,
    ],
    rows: answer.cohorts.flatMap(({ from, to, cells }) => lines(cells, [from, addDays(to, -1)])),
  }
  const mean: ReportTable = {
    name: t('table.mean'),
    columns: [{ title: t('file.side'), kind: 'text' }, stretch, ...figures],
    rows: [
      ...lines(answer.mean, [t('curve.own')]),
      ...(answer.other ? lines(answer.other.mean, [t('curve.other')]) : []),
      ...answer.groups.flatMap(({ value, mean: own }) => lines(own, [nameGroup(value)])),
    ],
  }
  return [cohorts, mean]
}

const write = ({ of, within, by }: Retention) => [
  of,
  ...[within.n, within.share, within.low, within.high],
  ...[by.n, by.share, by.low, by.high],
]
