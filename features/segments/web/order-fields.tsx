import { useTranslation } from 'react-i18next'
import { findMinorDigits } from '../../../kernel/currencies.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { ConditionAbout } from '../contract.ts'
import { SEGMENT_ORDER_STATES, type SegmentOrderState } from '../vocabulary.ts'
import { Choice, type FieldsOf, TimesFields, WhenFields, Whole, withWhen } from './small-fields.tsx'
import { useChosenNames } from './use-names.ts'

function StateField({
  state,
  onChange,
}: {
  state: SegmentOrderState
  onChange: (state: SegmentOrderState) => void
}) {
  const { t } = useTranslation('segments')
  const names = useChosenNames()
  return (
    <Choice
      label={t('fields.state')}
      value={state}
      values={SEGMENT_ORDER_STATES}
      say={names.state}
      onChange={onChange}
    />
  )
}

export function OrdersFields({ condition, onChange }: FieldsOf<ConditionAbout<'orders'>>) {
  return (
    <>
      <StateField state={condition.state} onChange={(state) => onChange({ ...condition, state })} />
      <TimesFields times={condition.times} onChange={(times) => onChange({ ...condition, times })} />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}

export function SpentFields({ condition, onChange }: FieldsOf<ConditionAbout<'spent'>>) {
  const { t } = useTranslation('segments')
  const { currency } = useShop()
  const unit = 10 ** (findMinorDigits(currency) ?? 2)
  return (
    <>
      <Choice
        label={t('fields.spent')}
        value={condition.how}
        values={['at_least', 'at_most'] as const}
        say={(how) => t(`times.${how}`)}
        onChange={(how) => onChange({ ...condition, how })}
      />
      <Whole
        label={t('fields.money', { currency })}
        value={condition.amount / unit}
        min={0}
        max={1e13 / unit}
        decimals={unit > 1}
        onChange={(amount) => onChange({ ...condition, amount: Math.round(amount * unit) })}
      />
      <StateField state={condition.state} onChange={(state) => onChange({ ...condition, state })} />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}

export function LastOrderFields({ condition, onChange }: FieldsOf<ConditionAbout<'last_order'>>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Choice
        label={t('fields.lastOrder')}
        value={condition.how}
        values={['more', 'less'] as const}
        say={(how) => t(`ago.${how}`)}
        onChange={(how) => onChange({ ...condition, how })}
      />
      <Whole
        label={t('fields.daysAgo')}
        value={condition.days}
        min={1}
        max={3_650}
        onChange={(days) => onChange({ ...condition, days })}
      />
    </>
  )
}
