import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { DriversAnswer } from '../contract.ts'
import classes from './drivers.module.css'
import { useDriverFigures } from './use-driver-words.ts'

/** All rows of “Mend first” together: less than their sum where one brings on another. */
export function TotalRow({ answer }: { answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { total, outcome, meta, controls, r2, unripe } = answer
  const words = useDriverFigures(outcome, meta.currency)
  const isGain = total !== null && total.effect.low > 0
  return (
    <footer className={classes.total}>
      {total && (
        <div className={classes.totalRow} data-tone={isGain ? 'won' : 'quiet'}>
          <div>
            <h3>{t('total.title')}</h3>
            <p>
              <strong className={classes.totalFigure}>{words.effect(total.effect.value)}</strong>{' '}
              <small className="range">{words.range(total.effect)}</small>
            </p>
          </div>
          {isGain &&
            (['revenue', 'margin'] as const).map((kind) => {
              const sum = total.money?.[kind]
              return (
                sum && (
                  <div key={kind} className={classes.money}>
                    <span>{t(`money.${kind}`)}</span>
                    <strong>{words.money(sum.value)}</strong>
                    <small className="range">{words.moneyRange(sum)}</small>
                  </div>
                )
              )
            })}
          <p className={classes.quiet}>{t(isGain ? 'total.why' : 'total.nothing')}</p>
        </div>
      )}
      <p className={classes.quiet}>
        <Controls controls={controls} />{' '}
        {r2 !== null && t('total.r2', { share: Math.round(100 * Math.max(0, r2)) })}{' '}
        {unripe > 0 && t('total.unripe', { number: formatNumber(unripe, locale) })}
      </p>
    </footer>
  )
}

function Controls({ controls }: { controls: readonly string[] }) {
  const { t, i18n } = useTranslation('drivers')
  if (controls.length === 0) return null
  const names = controls.map((key) =>
    i18n.exists(`drivers:control.${key}`) ? t(`control.${key}`) : key.replaceAll('_', ' '),
  )
  return <>{t('total.controls', { list: names.join(', ') })}</>
}
