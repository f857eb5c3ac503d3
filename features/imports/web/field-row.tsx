import { Select, TextInput } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../web/ui/badge.tsx'
import type { FieldPreview } from '../contract.ts'
import { useFieldWords } from './field-words.ts'
import type { MappingProps } from './mapping-props.ts'
import classes from './new-import.module.css'

/** Under so much confidence a guess asks to be looked at. */
const SURE = 0.8
const EXAMPLES = 3

type FieldRowProps = MappingProps & {
  field: FieldPreview
  set: (field: string, column: string | null) => void
}

/** One field of ours, the column it is read from, why, and what stands in that column. */
export function FieldRow({ field, preview, mapping, set, onChange }: FieldRowProps) {
  const { t } = useTranslation('imports')
  const { nameOf, hintOf } = useFieldWords()
  const id = useId()
  const column = mapping.fields[field.field] ?? null
  const examples = listExamples(preview, column)
  const isNamedByHand = field.field === 'name' && column === null
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.fieldName}>
        <span>
          {nameOf(field.field)}
          {field.isRequired && <Required />}
        </span>
        {hintOf(field.field) && <small data-quiet>{hintOf(field.field)}</small>}
      </label>
      <div>
        <Select
          id={id}
          data={[{ value: '', label: t('mapping.none') }, ...preview.columns]}
          value={column ?? ''}
          onChange={(next) => set(field.field, next || null)}
          allowDeselect={false}
          className={column === null ? classes.none : undefined}
          error={field.isRequired && column === null && !mapping.eventName ? t('mapping.needed') : undefined}
          searchable={preview.columns.length > 9}
        />
        {isNamedByHand && (
          <TextInput
            mt={8}
            label={t('mapping.eventName')}
            placeholder={t('mapping.eventNameExample')}
            maxLength={200}
            value={mapping.eventName ?? ''}
            onChange={(event) => onChange({ eventName: event.currentTarget.value || undefined })}
          />
        )}
      </div>
      <div className={classes.fieldWhy}>
        {column !== null && <Why field={field} column={column} />}
        {examples.length > 0 && <small data-quiet>{examples.join(' · ')}</small>}
      </div>
    </div>
  )
}

function Required() {
  const { t } = useTranslation('imports')
  return <small className={classes.required}>{t('mapping.required')}</small>
}

function Why({ field, column }: { field: FieldPreview; column: string }) {
  const { t } = useTranslation('imports')
  // The server has not yet seen a choice made a moment ago.
  const why = field.column === column ? field.why : 'chosen'
  if (why === null) return null
  const isGuess = why === 'name' || why === 'values' || why === 'name_and_values'
  const isSure = !isGuess || (field.confidence ?? 0) >= SURE
  return (
    <Badge
      tone={isSure ? 'quiet' : 'even'}
      icon={isGuess ? <IconSparkles size={13} aria-hidden="true" /> : undefined}
    >
      {t(`why.${why}`)}
      {!isSure && ` · ${t('why.check')}`}
    </Badge>
  )
}

function listExamples({ columns, rows }: MappingProps['preview'], column: string | null): string[] {
  const index = column === null ? -1 : columns.indexOf(column)
  const values = rows.map(({ cells }) => cells[index]?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(values)].slice(0, EXAMPLES)
}
