import { NumberInput, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localDay, formatDay as writeDay } from '../../../kernel/time.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Times, When } from '../contract.ts'
import { endAfter, lastDayOf } from './day-range.ts'

/** What every condition's fields take. */
export interface FieldsOf<C> {
  condition: C
  onChange: (condition: C) => void
}

interface ChoiceProps<V extends string> {
  label: string
  value: V
  values: readonly V[]
  say: (value: V) => string
  onChange: (value: V) => void
}

/** One of a few, in words. */
export function Choice<V extends string>({ label, value, values, say, onChange }: ChoiceProps<V>) {
  return (
    <Select
      label={label}
      data={values.map((one) => ({ value: one, label: say(one) }))}
      value={value}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(next as V)}
    />
  )
}

interface WholeProps {
  label: string
  value: number
  min: number
  max: number
  decimals?: boolean
  onChange: (value: number) => void
}

/** A number within its bounds. While it is being typed the field may be empty: the condition keeps the last whole one. */
export function Whole({ label, value, min, max, decimals = false, onChange }: WholeProps) {
  const [typed, setTyped] = useState<number | string>(value)
  useEffect(() => setTyped(value), [value])
  const change = (next: number | string) => {
    setTyped(next)
    if (typeof next === 'number' && next >= min && next <= max) onChange(next)
  }
  return (
    <NumberInput
      label={label}
      value={typed}
      min={min}
      max={max}
      allowDecimal={decimals}
      allowNegative={min < 0}
      onChange={change}
      onBlur={() => setTyped(value)}
    />
  )
}

const HOWS = ['at_least', 'at_most', 'exactly', 'never'] as const

/** «Не меньше 2 раз», «ни разу». */
export function TimesFields({ times, onChange }: { times: Times; onChange: (times: Times) => void }) {
  const { t } = useTranslation('segments')
  const isNever = times.how === 'exactly' && times.n === 0
  return (
    <>
      <Choice
        label={t('times.how')}
        value={isNever ? 'never' : times.how}
        values={HOWS}
        say={(how) => t(`times.${how}`)}
        onChange={(how) =>
          onChange(how === 'never' ? { how: 'exactly', n: 0 } : { how, n: Math.max(1, times.n) })
        }
      />
      {!isNever && (
        <Whole
          label={t('times.n')}
          value={times.n}
          min={times.how === 'exactly' ? 1 : 0}
          max={1_000_000}
          onChange={(n) => onChange({ ...times, n })}
        />
      )}
    </>
  )
}

const WHENS = ['ever', 'last', 'between', 'report'] as const
type WhenKind = (typeof WHENS)[number]

const kindOf = (when: When | undefined): WhenKind =>
  !when ? 'ever' : 'lastDays' in when ? 'last' : 'from' in when ? 'between' : 'report'

/** Puts a time into a condition, or takes it out: a time that is left out means whenever. */
export function withWhen<C extends { when?: When }>(condition: C, when: When | undefined): C {
  const { when: _, ...rest } = condition
  return (when ? { ...rest, when } : rest) as C
}

export function WhenFields({
  when,
  onChange,
}: {
  when: When | undefined
  onChange: (when: When | undefined) => void
}) {
  const { t } = useTranslation('segments')
  const { timeZone } = useShop()
  const begin = (kind: WhenKind): When | undefined => {
    const today = localDay(Date.now(), timeZone)
    if (kind === 'last') return { lastDays: 30 }
    if (kind === 'between') return { from: writeDay(today - 30), to: writeDay(today + 1) }
    return kind === 'report' ? { period: 'report' } : undefined
  }
  return (
    <>
      <Choice
        label={t('when.label')}
        value={kindOf(when)}
        values={WHENS}
        say={(kind) => t(`when.${kind}`)}
        onChange={(kind) => onChange(begin(kind))}
      />
      {when && 'lastDays' in when && (
        <Whole
          label={t('when.days')}
          value={when.lastDays}
          min={1}
          max={3_650}
          onChange={(lastDays) => onChange({ lastDays })}
        />
      )}
      {when && 'from' in when && <DayFields when={when} onChange={onChange} />}
    </>
  )
}

function DayFields({
  when,
  onChange,
}: {
  when: Extract<When, { from: string }>
  onChange: (when: When) => void
}) {
  const { t } = useTranslation('segments')
  const last = lastDayOf(when.to)
  // A day that is being typed is empty for a while.
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
  return (
    <>
      <TextInput
        type="date"
        label={t('when.from')}
        value={when.from}
        max={last}
        onChange={({ currentTarget: { value } }) => isDay(value) && onChange({ ...when, from: value })}
      />
      <TextInput
        type="date"
        label={t('when.to')}
        value={last}
        min={when.from}
        onChange={({ currentTarget: { value } }) =>
          isDay(value) && onChange({ ...when, to: endAfter(value) })
        }
      />
    </>
  )
}
