import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../../../web/format.ts'
import { listCurrencies, listTimeZones } from './choices.ts'
import forms from './forms.module.css'

type Basics = { currency: string; timeZone: string }

/** As Mantine's forms give it: the props of an input by the name of its field. */
type ShopBasicsProps = { values: Basics; inputProps: (field: keyof Basics) => object; disabled?: boolean }

/** Currency and time zone, which every report of a shop depends on. */
export function ShopBasics({ values, inputProps, disabled }: ShopBasicsProps) {
  const { t } = useTranslation('accounts')
  const locale = useLocale()
  const currencies = useMemo(() => listCurrencies(locale), [locale])
  const zones = useMemo(() => listTimeZones(values.timeZone), [values.timeZone])
  const common = { searchable: true, allowDeselect: false, disabled, nothingFoundMessage: t('nothingFound') }
  return (
    <div className={forms.pair}>
      <Select label={t('shop.currency')} data={currencies} {...common} {...inputProps('currency')} />
      <Select
        label={t('shop.timeZone')}
        description={t('shop.timeZoneWhy')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={zones}
        limit={80}
        {...common}
        {...inputProps('timeZone')}
      />
    </div>
  )
}
