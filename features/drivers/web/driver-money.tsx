import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer, Money } from '../contract.ts'
import classes from './drivers.module.css'
import { MarginForm } from './margin-form.tsx'
import { useDriverFigures } from './use-driver-words.ts'
import { useMaySet, useSaveSettings } from './use-drivers.ts'

type DriverMoneyProps = { driver: Driver; money: Money; answer: DriversAnswer }

/** What mending would bring in the period: turnover and margin apart, as far as the loss can be won back. */
export function DriverMoney({ driver, money, answer }: DriverMoneyProps) {
  const { t } = useTranslation('drivers')
  const words = useDriverFigures(answer.outcome, answer.meta.currency)
  const maySet = useMaySet()
  return (
    <>
      <div className={classes.sums}>
        {(['revenue', 'margin'] as const).map((kind) => {
          const sum = money[kind]
          return (
            sum && (
              <div key={kind}>
                <span>{t(`money.${kind}`)}</span>
                <strong>{words.money(sum.value)}</strong>
                <small className="range">{words.moneyRange(sum)}</small>
              </div>
            )
          )
        })}
      </div>
      <p className={classes.quiet}>{t('money.attainable', { share: Math.round(100 * driver.attainable) })}</p>
      {maySet && <Attainable driver={driver} />}
      <MarginForm answer={answer} />
    </>
  )
}

/** How much of the loss can be won back, as the shop judges it. */
function Attainable({ driver }: { driver: Driver }) {
  const { t } = useTranslation('drivers')
  const save = useSaveSettings()
  const [value, setValue] = useState<number | string>(Math.round(100 * driver.attainable))
  const share = Number(value) / 100
  const action = useAction(async () => {
    await save((now) => ({ ...now, attainable: { ...now.attainable, [driver.key]: share } }))
    notifyDone(t('settings.saved'))
  })
  return (
    <form
      className={classes.field}
      onSubmit={(event) => {
        event.preventDefault()
        void action.run()
      }}
    >
      <NumberInput
        size="sm"
        label={t('money.attainableLabel')}
        value={value}
        onChange={setValue}
        min={0}
        max={100}
        step={5}
        clampBehavior="strict"
        allowDecimal={false}
        suffix=" %"
      />
      <Button
        type="submit"
        size="sm"
        variant="default"
        loading={action.isRunning}
        disabled={value === '' || share === driver.attainable}
      >
        {t('settings.save')}
      </Button>
      <FormError error={action.error} />
    </form>
  )
}
