import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import { Strips } from './strips.tsx'
import { useDriverFigures, useDriverNames } from './use-driver-words.ts'

/** The bands of a standard as steps down from what is kept. */
export function DriverLevels({ driver, answer }: { driver: Driver; answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { level } = useDriverNames()
  const words = useDriverFigures(answer.outcome, answer.meta.currency)
  const rows = driver.levels.map((one) => ({
    key: one.level,
    label: level(one, driver),
    note: t('persons', { count: one.persons, number: formatNumber(one.persons, locale) }),
    estimate: one.effect,
    value: one.effect ? words.plain(one.effect.value) : t('ui:fewData'),
    range: one.effect ? words.range(one.effect) : undefined,
    ...(one.naive && { glance: { at: one.naive.value, text: words.glance(one) ?? '' } }),
  }))
  return <Strips rows={rows} />
}
