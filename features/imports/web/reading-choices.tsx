import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { findMinorDigits } from '../../../kernel/currencies.ts'
import { formatDay, formatMoney, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { ImportPreview, TableMapping } from '../contract.ts'
import { listCurrencies, listTimeZones } from './choices.ts'
import classes from './new-import.module.css'
import { findDoubts } from './reading-doubts.ts'
import type { Preview } from './use-preview.ts'

type ReadingChoicesProps = { reading: Preview; preview: ImportPreview; mapping: TableMapping }

/** What the file itself doesn't say: how its dates, its clock and its amounts are meant. */
export function ReadingChoices({ reading, preview, mapping }: ReadingChoicesProps) {
  const { t } = useTranslation('imports')
  const locale = useLocale()
  const shop = useShop()
  const currency = mapping.currency ?? shop.currency
  const values = (isWanted: (field: string) => boolean) => listValues(preview, mapping, isWanted)
  const amounts = values(isAmount)
  const doubts = findDoubts(values(isTime), amounts, currency)
  const zones = useMemo(() => listTimeZones(shop.timeZone), [shop.timeZone])
  const currencies = useMemo(() => listCurrencies(locale, shop.currency), [locale, shop.currency])
  const asksCurrency = amounts.length > 0 && mapping.fields.currency === undefined
  if (!doubts.dateOrder && !doubts.naiveTime && !doubts.decimal && !asksCurrency) return null
  const { dateOrder, naiveTime, decimal } = doubts
  return (
    <Section title={t('reading.title')} hint={t('reading.hint')}>
      <div className={classes.choices}>
        {dateOrder && (
          <Select
            label={t('reading.dateOrder', { text: dateOrder.text })}
            data={(['dmy', 'mdy'] as const).map((value) => ({
              value,
              label: formatDay(dateOrder[value], locale),
            }))}
            value={mapping.dateOrder ?? 'dmy'}
            onChange={(next) => reading.changeMapping({ dateOrder: next as 'dmy' | 'mdy' })}
            allowDeselect={false}
          />
        )}
        {naiveTime && (
          <Select
            label={t('reading.timeZone')}
            description={t('reading.timeZoneWhy', { text: naiveTime })}
            data={zones}
            value={reading.timeZone ?? shop.timeZone}
            onChange={(next) => next !== null && reading.chooseZone(next)}
            allowDeselect={false}
            searchable
          />
        )}
        {decimal && (
          <Select
            label={t('reading.decimal', { text: decimal })}
            data={listDecimalReadings(decimal, currency, locale)}
            value={mapping.decimal ?? null}
            placeholder={t('status.choose')}
            onChange={(next) => reading.changeMapping({ decimal: next as '.' | ',' })}
            allowDeselect={false}
          />
        )}
        {asksCurrency && (
          <Select
            label={t('reading.currency')}
            description={t('reading.currencyWhy')}
            data={currencies}
            value={currency}
            onChange={(next) => next !== null && reading.changeMapping({ currency: next })}
            allowDeselect={false}
            searchable
          />
        )}
      </div>
    </Section>
  )
}

const isTime = (field: string) => field === 'time' || field.endsWith('_at') || field.endsWith('_date')
const isAmount = (field: string) => field === 'value'

/** The sample's cells of the fields that are wanted. */
function listValues(
  { columns, rows }: ImportPreview,
  { fields }: TableMapping,
  isWanted: (field: string) => boolean,
): string[] {
  const places = Object.entries(fields).flatMap(([field, column]) =>
    isWanted(field) ? [columns.indexOf(column)] : [],
  )
  return rows.flatMap(({ cells }) => places.map((place) => cells[place]?.trim() ?? '').filter(Boolean))
}

/** Both ways to read an amount such as `1,234`, each as it would be shown. */
function listDecimalReadings(text: string, currency: string, locale: string) {
  const unit = 10 ** (findMinorDigits(currency) ?? 2)
  const digits = text.replace(/[^\d.,]/g, '')
  return (['.', ','] as const).map((value) => {
    const plain = digits.replaceAll(value === '.' ? ',' : '.', '').replace(value, '.')
    return { value, label: formatMoney(Math.round(Number(plain) * unit), currency, locale, true) }
  })
}
