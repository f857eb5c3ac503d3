import { ActionIcon, Checkbox, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CHANNEL_KEYS } from '../../../kernel/channels.ts'
import type { Condition, FilterValue, Operator } from '../../../kernel/filter/schema.ts'
import classes from './touchpoints.module.css'

type ConditionProps = {
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: (() => void) | undefined
}

/** The fields that rules are mostly about; what else was written by hand stays as it is. */
const FIELDS = [
  ...['name', 'path', 'url', 'channel', 'kind', 'referrer'],
  ...['utm_source', 'utm_medium', 'utm_campaign', 'order_id', 'amount', 'user_id'],
]
const PROPERTY = 'properties.'
const KINDS = ['page', 'track', 'screen']
const TEXT_OPERATORS: Operator[] = [
  'in',
  'not_in',
  'contains',
  'starts_with',
  'ends_with',
  'matches',
  'exists',
  'not_exists',
]
const NUMBER_OPERATORS: Operator[] = ['at_least', 'at_most', 'exists', 'not_exists']
const LISTS: Operator[] = ['in', 'not_in']
const WITHOUT_VALUE: Operator[] = ['exists', 'not_exists']

/** One condition: a field, what is asked of it, and the value. */
export function ConditionEditor({ condition, onChange, onRemove }: ConditionProps) {
  const { t } = useTranslation('touchpoints')
  const { field, op } = condition
  const isProperty = /^(properties|traits|context)\./.test(field)
  const operators = listOperators(field, op)
  return (
    <div className={classes.condition}>
      <div>
        <Select
          aria-label={t('rule.field')}
          data={[
            ...[...new Set([...FIELDS, ...(isProperty ? [] : [field])])].map((value) => ({
              value,
              label: t(`fields.${value}` as 'title', { defaultValue: value }),
            })),
            { value: PROPERTY, label: t('rule.property') },
          ]}
          value={isProperty ? PROPERTY : field}
          allowDeselect={false}
          searchable
          onChange={(value) => value && onChange(withField(condition, value))}
        />
      </div>
      <div>
        <Select
          aria-label={t('rule.operator')}
          data={operators.map((value) => ({ value, label: t(`ops.${value}`) }))}
          value={op}
          allowDeselect={false}
          onChange={(value) => value && onChange(withOperator(condition, value as Operator))}
        />
      </div>
      {onRemove && (
        <ActionIcon color="lost" aria-label={t('rule.removeCondition')} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
      {isProperty && (
        <TextInput
          label={t('rule.path')}
          value={field.slice(field.indexOf('.') + 1)}
          onChange={(event) =>
            onChange({ ...condition, field: `${field.split('.')[0]}.${event.currentTarget.value}` })
          }
        />
      )}
      <ValueField condition={condition} onChange={onChange} />
    </div>
  )
}

function ValueField({ condition, onChange }: Omit<ConditionProps, 'onRemove'>) {
  const { t } = useTranslation(['touchpoints', 'channels'])
  const { field, op, value } = condition
  const set = (next: FilterValue) => onChange({ ...condition, value: next })
  if (WITHOUT_VALUE.includes(op)) return null
  if (NUMBER_OPERATORS.includes(op) || typeof value === 'number')
    return (
      <NumberInput
        aria-label={t('rule.value')}
        value={typeof value === 'number' ? value : 0}
        onChange={(next) => set(Number(next) || 0)}
      />
    )
  if (LISTS.includes(op)) {
    const list = Array.isArray(value) ? value.map(String) : []
    if (field === 'channel' || field === 'kind') {
      const keys: readonly string[] = field === 'channel' ? CHANNEL_KEYS : KINDS
      const label = (key: string) =>
        field === 'channel' ? t(`channels:${key}` as 'title') : t(`kinds.${key}` as 'title')
      return (
        <MultiSelect
          aria-label={t('rule.value')}
          data={keys.map((key) => ({ value: key, label: label(key) }))}
          value={list}
          onChange={set}
          searchable
        />
      )
    }
    return (
      <>
        <TagsInput
          aria-label={t('rule.value')}
          description={t('rule.listHint')}
          value={list}
          onChange={set}
        />
        <IgnoreCase condition={condition} onChange={onChange} />
      </>
    )
  }
  return (
    <>
      <TextInput
        aria-label={t('rule.value')}
        description={op === 'matches' ? t('rule.patternHint') : undefined}
        value={String(value ?? '')}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <IgnoreCase condition={condition} onChange={onChange} />
    </>
  )
}

function IgnoreCase({ condition, onChange }: Omit<ConditionProps, 'onRemove'>) {
  const { t } = useTranslation('touchpoints')
  return (
    <Checkbox
      size="xs"
      label={t('rule.ignoreCase')}
      checked={condition.ignoreCase === true}
      onChange={(event) => onChange({ ...condition, ignoreCase: event.currentTarget.checked })}
    />
  )
}

/** What was written by hand with another operator keeps it. */
function listOperators(field: string, op: Operator): Operator[] {
  const suited =
    field === 'amount'
      ? NUMBER_OPERATORS
      : field.includes('.')
        ? [...TEXT_OPERATORS, 'at_least' as const, 'at_most' as const]
        : TEXT_OPERATORS
  return suited.includes(op) ? suited : [...suited, op]
}

function withField(condition: Condition, choice: string): Condition {
  const field = choice === PROPERTY ? `${PROPERTY}kind` : choice
  const [op = 'in'] = listOperators(field, 'in')
  if (field === 'amount') return { field, op: 'at_least', value: 0 }
  return listOperators(field, condition.op).length === listOperators(field, op).length &&
    choice !== 'channel' &&
    choice !== 'kind'
    ? { ...condition, field }
    : { field, op, value: [] }
}

function withOperator({ field, value, ignoreCase }: Condition, op: Operator): Condition {
  if (WITHOUT_VALUE.includes(op)) return { field, op }
  if (NUMBER_OPERATORS.includes(op)) return { field, op, value: Number(value) || 0 }
  const texts = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
  return { field, op, value: LISTS.includes(op) ? texts : (texts[0] ?? ''), ignoreCase: ignoreCase ?? true }
}
