import type { TFunction } from 'i18next'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportTable } from '../../reports/web/parts.ts'
import type { Driver, DriversAnswer, Estimate } from '../contract.ts'
import { isHappening } from '../vocabulary.ts'
import { groupOf } from './arrange.ts'
import { useDriverNames } from './use-driver-words.ts'

const spread = (one: Estimate | null | undefined, times = 1) =>
  one ? [one.value * times, one.low * times, one.high * times] : [null, null, null]

type Words = ReturnType<typeof useDriverNames> & { t: TFunction }

/** The report for a spreadsheet: a row per driver, and one per level of its standard. */
export function useTables(): (answer: DriversAnswer) => ReportTable[] {
  const { t } = useTranslation('drivers')
  const words = { ...useDriverNames(), t }
  return (answer) => [toEffects(answer, words), toLevels(answer, words)]
}

const number = (title: string) => ({ title, kind: 'number' as const })
const text = (title: string) => ({ title, kind: 'text' as const })
const timesOf = ({ outcome }: DriversAnswer) => (isHappening(outcome) ? 100 : 1)

/** An estimate takes three columns. */
const three = (title: string, kind: 'number' | 'money', t: TFunction) => [
  { title, kind },
  { title: t('table.low'), kind },
  { title: t('table.high'), kind },
]

function toEffects(answer: DriversAnswer, { t, nameOf, stage }: Words): ReportTable {
  const times = timesOf(answer)
  const finding = (driver: Driver) =>
    driver.leftOut === null
      ? t(`group.${groupOf(driver) ?? 'quiet'}.title`)
      : t(`table.reason.${driver.leftOut}`)
  return {
    name: t('table.drivers'),
    columns: [
      ...[text(t('table.driver')), text(t('table.stage')), text(t('table.group'))],
      ...[number(t('table.persons')), number(t('table.exposed'))],
      ...three(t('table.effect'), 'number', t),
      ...three(t('table.naive'), 'number', t),
      ...[number('p'), number('q'), { title: t('table.importance'), kind: 'share' as const }],
      { title: t('table.kept'), kind: 'share' },
      ...three(t('money.revenue'), 'money', t),
      ...three(t('money.margin'), 'money', t),
    ],
    rows: answer.drivers.map((driver) => [
      ...[nameOf(driver), stage(driver.stage), finding(driver), driver.persons, driver.exposed],
      ...spread(driver.effect, times),
      ...spread(driver.naive, times),
      ...[driver.p, driver.q, driver.importance, driver.kept],
      ...spread(driver.money?.revenue),
      ...spread(driver.money?.margin),
    ]),
  }
}

function toLevels(answer: DriversAnswer, { t, nameOf, level }: Words): ReportTable {
  return {
    name: t('table.levels'),
    columns: [
      ...[text(t('table.driver')), text(t('table.level')), number(t('table.persons'))],
      ...three(t('table.effect'), 'number', t),
      ...three(t('table.naive'), 'number', t),
    ],
    rows: answer.drivers.flatMap((driver) =>
      driver.levels.map((one) => [
        ...[nameOf(driver), level(one, driver), one.persons],
        ...spread(one.effect, timesOf(answer)),
        ...spread(one.naive, timesOf(answer)),
      ]),
    ),
  }
}
