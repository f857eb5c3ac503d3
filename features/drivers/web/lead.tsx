import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import { findWorst, groupOf, isSure } from './arrange.ts'
import classes from './drivers.module.css'
import { useDriverFigures, useDriverNames } from './use-driver-words.ts'

/** Three sentences that say what the picture means: what costs most, what misleads, what all of it comes to. */
export function Lead({ answer }: { answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const { drivers, outcome, drawn } = answer
  const locale = useLocale()
  const first = drivers.find((driver) => groupOf(driver) === 'mend')
  const best = drivers.find((driver) => groupOf(driver) === 'helps')
  const trap = findTrap(drivers)
  return (
    <section className={classes.lead} aria-label={t('lead.label')}>
      {first ? <First driver={first} answer={answer} /> : <p>{t(`lead.nothing.${outcome}`)}</p>}
      {best && <Best driver={best} answer={answer} />}
      {trap && <Trap driver={trap} answer={answer} />}
      {drawn && (
        <p className={classes.quiet}>
          {t('lead.drawn', {
            persons: formatNumber(drawn.persons, locale),
            of: formatNumber(drawn.of, locale),
          })}
        </p>
      )}
    </section>
  )
}

type SentenceProps = { driver: Driver; answer: DriversAnswer }

function First({ driver, answer: { outcome, meta } }: SentenceProps) {
  const { t } = useTranslation('drivers')
  const { nameOf, level } = useDriverNames()
  const words = useDriverFigures(outcome, meta.currency)
  const worst = findWorst(driver)
  const { effect } = driver
  if (!effect) return null
  const sum = driver.money?.margin ?? driver.money?.revenue
  const worstWords = worst && {
    level: level(worst, driver),
    effect: words.plain(worst.effect.value),
    range: words.range(worst.effect),
  }
  return (
    <p>
      {t('lead.first', { name: nameOf(driver), effect: words.whole(effect) })}
      {worstWords && ` ${t('ledger.worst', worstWords)}.`}
      {sum && ` ${t(driver.money?.margin ? 'lead.margin' : 'lead.revenue', sayMoney(sum, words))}`}
    </p>
  )
}

type Figures = ReturnType<typeof useDriverFigures>

const sayMoney = (sum: { value: number; low: number; high: number }, words: Figures) => ({
  money: words.money(sum.value),
  range: words.moneyRange(sum),
})

function Best({ driver, answer: { outcome, meta } }: SentenceProps) {
  const { t } = useTranslation('drivers')
  const { nameOf } = useDriverNames()
  const words = useDriverFigures(outcome, meta.currency)
  if (!driver.effect) return null
  return <p>{t('lead.best', { name: nameOf(driver), effect: words.whole(driver.effect) })}</p>
}

function Trap({ driver, answer: { outcome, meta } }: SentenceProps) {
  const { t } = useTranslation('drivers')
  const { nameOf } = useDriverNames()
  const words = useDriverFigures(outcome, meta.currency)
  if (!driver.naive || !driver.effect) return null
  const isNone = groupOf(driver) === 'traps' && !isSure(driver.effect)
  return (
    <p>
      {t(isNone ? 'lead.trapNone' : 'lead.trapOther', {
        name: nameOf(driver),
        naive: words.effect(driver.naive.value),
        effect: words.plain(driver.effect.value),
      })}
    </p>
  )
}

/** The driver of which a plain comparison is furthest from what is left when all else is alike. */
function findTrap(drivers: readonly Driver[]): Driver | undefined {
  const gap = ({ naive, effect }: Driver) => (naive && effect ? Math.abs(naive.value - effect.value) : 0)
  return drivers
    .filter(({ isConfounded, leftOut }) => isConfounded && leftOut === null)
    .toSorted((a, b) => gap(b) - gap(a))[0]
}
