import type { TFunction } from 'i18next'
import type { ReportTable } from '../../reports/web/parts.ts'
import type { ChangesAnswer } from '../contract.ts'

interface Words {
  placeName(place: string): string
  audienceName(audience: string): string
}

/** The report for a spreadsheet: alarms with what goes with them, standing differences, and the weeks of each alarm. */
export function toTables(answer: ChangesAnswer, t: TFunction<'changes'>, words: Words): ReportTable[] {
  const { placeName, audienceName } = words
  const text = (title: string) => ({ title, kind: 'text' as const })
  const number = (title: string) => ({ title, kind: 'number' as const })
  const date = (title: string) => ({ title, kind: 'date' as const })
  const where = [text(t('table.metric')), text(t('table.place')), text(t('table.audience'))]
  const alarms: ReportTable = {
    name: t('table.alarms'),
    columns: [
      ...where,
      date(t('table.from')),
      number(t('table.before')),
      number(t('table.after')),
      number(t('table.low')),
      number(t('table.high')),
      number(t('table.persons')),
      text(t('table.state')),
    ],
    rows: answer.alarms.flatMap(({ facets, fromDay, state, ...lead }) =>
      [lead, ...facets].map((one) => [
        t(`metric.${one.metric}`),
        placeName(one.place),
        audienceName(one.audience),
        fromDay,
        ...[one.before, one.after, one.low, one.high, one.n],
        t(`state.${state}`),
      ]),
    ),
  }
  const gaps: ReportTable = {
    name: t('table.gaps'),
    columns: [
      ...where.slice(1),
      ...[t('table.own'), t('table.others')].map((title) => ({ title, kind: 'share' as const })),
      number(t('table.low')),
      number(t('table.high')),
      number(t('table.persons')),
    ],
    rows: answer.gaps.map((one) => [
      placeName(one.place),
      audienceName(one.audience),
      ...[one.own, one.others, one.low, one.high, one.n],
    ]),
  }
  const weeks: ReportTable = {
    name: t('table.weeks'),
    columns: [...where, date(t('table.week')), number(t('table.value')), number(t('table.persons'))],
    rows: answer.alarms.flatMap((one) =>
      one.trend.map(({ day, value, n }) => [
        t(`metric.${one.metric}`),
        placeName(one.place),
        audienceName(one.audience),
        ...[day, value, n],
      ]),
    ),
  }
  return [alarms, gaps, weeks]
}
