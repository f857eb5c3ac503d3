import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Chooser, CompareChooser, PeriodChooser, SegmentChooser } from '../../reports/web/parts.ts'
import {
  BREAKDOWN_COLUMNS,
  DEFAULT_WINDOW_DAYS,
  STEP_ORDERS,
  type StepOrder,
  UNITS,
  type Unit,
} from '../vocabulary.ts'
import { WINDOWS } from './funnel-search.ts'
import { type FunnelAddress, useFields } from './use-funnel.ts'

/** Who, when, in which order and how fast, compared with whom, and told apart by what. */
export function FunnelChoosers({ address: { search, change } }: { address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  const { order = 'ordered', per = 'person' } = search
  return (
    <>
      <PeriodChooser search={search} change={change} />
      <SegmentChooser search={search} change={change} />
      <CompareChooser search={search} change={change} />
      <FieldChooser chosen={search.by} choose={(by) => change({ by })} />
      <WindowChooser chosen={search.window ?? DEFAULT_WINDOW_DAYS} choose={(window) => change({ window })} />
      <Chooser
        label={t('order.label')}
        value={order}
        data={STEP_ORDERS.map((one) => ({ value: one, label: t(`order.${one}`) }))}
        onChoose={(next) => change({ order: next as StepOrder })}
      />
      <Chooser
        label={t('per.label')}
        value={per}
        data={UNITS.map((one) => ({ value: one, label: t(`per.${one}`) }))}
        onChoose={(next) => change({ per: next as Unit })}
      />
    </>
  )
}

/** An address may ask for another time than those offered. */
function WindowChooser({ chosen, choose }: { chosen: number; choose: (days: number) => void }) {
  const { t } = useTranslation('funnels')
  const offered = WINDOWS.some((days) => Math.abs(days - chosen) < 1e-6) ? WINDOWS : [...WINDOWS, chosen]
  const place = offered.findIndex((days) => Math.abs(days - chosen) < 1e-6)
  return (
    <Chooser
      label={t('window.label')}
      value={String(place)}
      data={offered.map((days, index) => ({
        value: String(index),
        label:
          days < 1
            ? t('window.hours', { count: Math.max(1, Math.round(days * 24)) })
            : t('window.days', { count: Math.round(days) }),
      }))}
      onChoose={(next) => choose(offered[Number(next)] ?? DEFAULT_WINDOW_DAYS)}
    />
  )
}

const NONE = 'none'

/** Columns by their names, then what the shop's own events and customers carry; typing finds one of many. */
function FieldChooser({
  chosen,
  choose,
}: {
  chosen: string | undefined
  choose: (by: string | undefined) => void
}) {
  const { t } = useTranslation('funnels')
  const fields = useFields()
  const nameOf = useFieldName()
  const choice = (field: string) => ({ value: field, label: nameOf(field) })
  const own = (texts: string) =>
    fields
      .filter(({ field, values }) => field.startsWith(texts) && values > 1)
      .map(({ field, kind }) => ({ value: field, label: `${nameOf(field)} · ${t(`by.kind.${kind}`)}` }))
  const data = [
    { group: t('by.visit'), items: [{ value: NONE, label: t('by.none') }, ...BREAKDOWN_COLUMNS.map(choice)] },
    { group: t('by.traits'), items: own('traits.') },
    { group: t('by.properties'), items: own('properties.') },
  ]
  // An address may name a field that the latest events don't have.
  const isKnown =
    chosen === undefined || data.some(({ items }) => items.some(({ value }) => value === chosen))
  if (!isKnown && chosen !== undefined) data[0]?.items.push(choice(chosen))
  return (
    <Select
      size="sm"
      label={t('by.label')}
      value={chosen ?? NONE}
      data={data.filter(({ items }) => items.length > 0)}
      searchable
      nothingFoundMessage={t('by.nothing')}
      maxDropdownHeight={360}
      allowDeselect={false}
      onChange={(next) => next !== null && choose(next === NONE ? undefined : next)}
    />
  )
}

/** «Город», or the field as the shop's developer named it. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation('funnels')
  const say = t as unknown as (key: string, values: object) => string
  return (field) => {
    const [texts, ...rest] = field.split('.')
    const own = rest.length > 0 ? rest.join('.') : (texts ?? field)
    return say(`by.${field.replaceAll('.', '_')}`, { defaultValue: own })
  }
}
