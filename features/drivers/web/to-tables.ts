import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportTable } from '../../reports/web/parts.ts'
import type { Driver, DriversAnswer, Estimate } from '../contract.ts'
import { isHappening } from '../vocabulary.ts'
import { groupOf } from './arrange.ts'
import { useDriverNames } from './use-driver-words.ts'

const spread = (one: Estimate | null | undefined, times = 1) =>
  one ? [one.value * times, one.low * times, one.high * times] : [null, null, null]

/** The report for a spreadsheet: a row per driver, and one per level of its standard. */
export function useTables(): (answer: DriversAnswer) => ReportTable[] {
  const { t } = useTranslation('drivers')
  const { nameOf, level, stage } = useDriverNames()
  const number = (title: string) => ({ title, kind: 'number' as const })
  const text = (title: string) => ({ title, kind: 'text' as const })
  const three = (title: string, kind: 'number' | 'money') => [
    { title, kind },
    { title: t('table.low'), kind },
    { title: t('table.high'), kind },
  ]
  const why = (driver: Driver) =>
    driver.leftOut === null
      ? t(`group.${groupOf(driver) ?? 'quiet'}.title`)
      : t(`table.reason.${driver.leftOut}`)

  return (answer) => {
    const times = isHappening(answer.outcome) ? 100 : 1
    const effects: ReportTable = {
      name: t('table.drivers'),
      columns: [
        ...[text(t('table.driver')), text(t('table.stage')), text(t('table.group'))],
        ...[number(t('table.persons')), number(t('table.exposed'))],
        ...three(t('table.effect'), 'number'),
        ...three(t('table.naive'), 'number'),
        ...[number('p'), number('q'), { title: t('table.importance'), kind: 'share' as const }],
        { title: t('table.kept'), kind: 'share' },
        ...three(t('money.revenue'), 'money'),
        ...three(t('money.margin'), 'money'),
      ],
      rows: answer.drivers.map((driver) => [
        ...[nameOf(driver), stage(driver.stage), why(driver), driver.persons, driver.exposed],
        ...spread(driver.effect, times),
        ...spread(driver.naive, times),
        ...[driver.p, driver.q, driver.importance, driver.kept],
        ...spread(driver.money?.revenue),
        ...spread(driver.money?.margin),
      ]),
    }
    const levels: ReportTable = {
      name: t('table.levels'),
      columns: [
        ...[text(t('table.driver')), text(t('table.level')), number(t('table.persons'))],
        ...three(t('table.effect'), 'number'),
      ],
      rows: answer.drivers.flatMap((driver) =>
        driver.levels.map((one) => [
          ...[nameOf(driver), level(one, driver), one.persons],
          ...spread(one.effect, times),
        ]),
      ),
    }
    return [effects, levels]
  }
}
