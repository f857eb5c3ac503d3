import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Standard } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'

const MAX_STANDARDS = 4
const UNITS = ['s', 'min', 'h', 'days', 'ms', 'count', 'clicks', 'share', 'score', 'yes_no'] as const
const MEASURES = [
  ...['first_answer_seconds', 'answer_seconds', 'callback_minutes', 'first_reply_hours', 'solved', 'results'],
  ...['content_present', 'clicks_away', 'lcp', 'inp', 'total_unchanged', 'checkout_minutes', 'first_try'],
  ...[
    'confirmation_minutes',
    'confirming_call_minutes',
    'price_same',
    'status_told',
    'days_late',
    'asked_where',
  ],
  ...['in_slot', 'wait_minutes', 'parcel_whole', 'decision_days', 'reply_days', 'shown_days'],
]

type EditorProps = { standards: Standard[]; onChange: (standards: Standard[]) => void }

/** What is good and bad at the touchpoint. A threshold that is changed becomes the shop's own. */
export function StandardsEditor({ standards, onChange }: EditorProps) {
  const { t } = useTranslation('touchpoints')
  const free = MEASURES.find((measure) => standards.every((one) => one.measure !== measure))
  return (
    <fieldset className={classes.group}>
      <legend>{t('standards.title')}</legend>
      <p data-quiet>{t('standards.why')}</p>
      {standards.map((standard, index) => (
        <StandardFields
          key={standard.measure}
          standard={standard}
          taken={standards.map(({ measure }) => measure)}
          onChange={(part) => onChange(standards.with(index, { ...standard, ...part, source: 'O' }))}
          onRemove={() => onChange(standards.toSpliced(index, 1))}
        />
      ))}
      {standards.length < MAX_STANDARDS && free && (
        <div>
          <Button variant="default" size="xs" onClick={() => onChange([...standards, makeStandard(free)])}>
            {t('standards.add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

type FieldsProps = {
  standard: Standard
  taken: string[]
  onChange: (part: Partial<Standard>) => void
  onRemove: () => void
}

function StandardFields({ standard, taken, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords()
  const { measure, direction, good, bad, unit } = standard
  const choices = [...new Set([measure, ...MEASURES])].filter(
    (one) => one === measure || !taken.includes(one),
  )
  const isBackwards = direction === 'at_most' ? good > bad : good < bad
  return (
    <div className={classes.group}>
      <div className={classes.bar}>
        <Select
          label={t('standards.measure')}
          data={choices.map((value) => ({ value, label: words.measure(value) }))}
          value={measure}
          allowDeselect={false}
          searchable
          onChange={(value) => value && onChange({ measure: value })}
        />
        <ActionIcon
          color="lost"
          aria-label={t('standards.remove', { name: words.measure(measure) })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <div className={classes.pair}>
        <Select
          label={t('standards.direction')}
          data={(['at_most', 'at_least'] as const).map((value) => ({
            value,
            label: t(`standards.directions.${value}`),
          }))}
          value={direction}
          allowDeselect={false}
          onChange={(value) => value && onChange({ direction: value as Standard['direction'] })}
        />
        <Select
          label={t('standards.unit')}
          data={UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
          value={unit}
          allowDeselect={false}
          onChange={(value) => value && onChange({ unit: value as Standard['unit'] })}
        />
        <NumberInput
          label={t('standards.good')}
          value={good}
          onChange={(value) => onChange({ good: Number(value) || 0 })}
        />
        <NumberInput
          label={t('standards.bad')}
          value={bad}
          error={isBackwards ? t('standards.backwards') : undefined}
          onChange={(value) => onChange({ bad: Number(value) || 0 })}
        />
      </div>
      <small data-quiet>{words.standard(standard).sourceWords}</small>
    </div>
  )
}

function makeStandard(measure: string): Standard {
  return { measure, direction: 'at_most', good: 1, bad: 2, unit: 'min', basis: 'each', source: 'O' }
}
