import { Autocomplete, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Filter, Condition as FilterCondition, Operator } from '../../../kernel/filter/schema.ts'
import { type sayFilter as Sayer, sayFilter } from './say-segment.ts'
import { Choice } from './small-fields.tsx'
import { useSegmentChoices } from './use-names.ts'

const OPERATORS = ['equals', 'not_equals', 'contains', 'at_least', 'at_most', 'exists', 'not_exists'] as const
type Known = (typeof OPERATORS)[number]
const NUMERIC: readonly Operator[] = ['at_least', 'at_most']
const WITHOUT_VALUE: readonly Operator[] = ['exists', 'not_exists']

interface FilterProps {
  /** What the field's name is in: what is known of the person, or what an event carries. */
  of: 'traits' | 'properties'
  where: Filter
  onChange: (where: Filter) => void
}

/** One comparison: a field, how, and with what. A rule written in another way is shown and kept. */
export function FilterFields({ of, where, onChange }: FilterProps) {
  const { t } = useTranslation('segments')
  if (!isSimple(where, of))
    return <span>{sayFilter(where, t as unknown as Parameters<typeof Sayer>[1])}</span>
  const name = where.field.slice(of.length + 1)
  return (
    <>
      <NameField of={of} name={name} onChange={(next) => onChange({ ...where, field: `${of}.${next}` })} />
      <Choice
        label={t('fields.how')}
        value={where.op as Known}
        values={OPERATORS}
        say={(op) => t(`op.${op}`)}
        onChange={(op) => onChange(withOperator(where, op))}
      />
      {!WITHOUT_VALUE.includes(where.op) && (
        <TextInput
          label={t('fields.with')}
          value={String(where.value ?? '')}
          maxLength={500}
          error={where.value === '' ? t('fields.empty') : undefined}
          inputMode={NUMERIC.includes(where.op) ? 'decimal' : undefined}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...where, value: readValue(value, where.op) })
          }
        />
      )}
    </>
  )
}

function NameField({
  of,
  name,
  onChange,
}: {
  of: FilterProps['of']
  name: string
  onChange: (name: string) => void
}) {
  const { t } = useTranslation('segments')
  const choices = useSegmentChoices()
  return (
    <Autocomplete
      label={t(of === 'traits' ? 'fields.trait' : 'fields.property')}
      data={of === 'traits' ? choices.traits : []}
      value={name}
      maxLength={100}
      error={name === '' ? t('fields.empty') : undefined}
      onChange={onChange}
    />
  )
}

function isSimple(where: Filter, of: string): where is FilterCondition {
  return (
    'field' in where &&
    where.field.startsWith(`${of}.`) &&
    OPERATORS.some((op) => op === where.op) &&
    !Array.isArray(where.value)
  )
}

function withOperator({ field, value, ignoreCase }: FilterCondition, op: Known): FilterCondition {
  if (WITHOUT_VALUE.includes(op)) return { field, op }
  if (NUMERIC.includes(op)) return { field, op, value: Number(value) || 0 }
  return { field, op, value: String(value ?? ''), ignoreCase: ignoreCase ?? true }
}

const readValue = (text: string, op: Operator): string | number =>
  NUMERIC.includes(op) ? Number(text.replace(',', '.')) || 0 : text
