import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { dayOf } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { daysOf, type MapSearch } from './map-search.ts'
import classes from './range-form.module.css'

type RangeFormProps = { search: MapSearch; onChoose: (range: { from: string; to: string }) => void }

/** An own period, from one calendar day of the shop to another, both included. */
export function RangeForm({ search, onChoose }: RangeFormProps) {
  const { t } = useTranslation('journeys')
  const zone = useTimeZone()
  const [range, setRange] = useState(() => daysOf(search, new Date(), zone))
  const isTurned = range.from > range.to
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (range.from && range.to && !isTurned) onChoose(range)
  }
  const field = (side: 'from' | 'to') => (
    <TextInput
      type="date"
      size="sm"
      label={t(`period.${side}`)}
      value={range[side]}
      max={dayOf(new Date(), zone)}
      required
      withAsterisk={false}
      error={side === 'to' && isTurned ? t('period.turned') : undefined}
      onChange={(event) => setRange({ ...range, [side]: event.currentTarget.value })}
      // The menu around would take letters and arrows for itself.
      onKeyDown={(event) => event.stopPropagation()}
    />
  )
  return (
    <form className={classes.form} onSubmit={submit}>
      {field('from')}
      {field('to')}
      <Button type="submit" size="sm">
        {t('period.show')}
      </Button>
    </form>
  )
}
