import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { DriversAnswer } from '../contract.ts'
import { isHappening } from '../vocabulary.ts'
import classes from './drivers.module.css'
import { useMaySet, useSaveSettings } from './use-drivers.ts'

/** Asked where it is missing: without it money is turnover, not what stays with the shop. */
export function MarginForm({ answer }: { answer: DriversAnswer }) {
  const maySet = useMaySet()
  const hasMoney = answer.drivers.some(({ money }) => money !== null)
  if (!maySet || answer.margin !== null || !isHappening(answer.outcome) || !hasMoney) return null
  return <Asked />
}

function Asked() {
  const { t } = useTranslation('drivers')
  return (
    <aside className={classes.ask} data-not-in-picture>
      <div>
        <strong>{t('margin.title')}</strong>
        <p>{t('margin.why')}</p>
      </div>
      <MarginField margin={null} />
    </aside>
  )
}

/** The share of turnover that stays with the shop, in per cent. */
export function MarginField({ margin }: { margin: number | null }) {
  const { t } = useTranslation('drivers')
  const save = useSaveSettings()
  const [value, setValue] = useState<number | string>(margin === null ? '' : Math.round(1_000 * margin) / 10)
  const share = value === '' ? null : Number(value) / 100
  const action = useAction(async () => {
    await save((now) => ({ ...now, margin: share }))
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
        label={t('margin.label')}
        value={value}
        onChange={setValue}
        min={0}
        max={100}
        clampBehavior="strict"
        decimalScale={1}
        suffix=" %"
        placeholder={t('margin.example')}
      />
      <Button
        type="submit"
        size="sm"
        variant="default"
        loading={action.isRunning}
        disabled={share === margin || (share !== null && !Number.isFinite(share))}
      >
        {t('settings.save')}
      </Button>
      <FormError error={action.error} />
    </form>
  )
}
