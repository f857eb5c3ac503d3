import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import { FieldRow } from './field-row.tsx'
import { useFieldWords } from './field-words.ts'
import { type FieldGroup, groupFields, listUnused } from './mapping-groups.ts'
import type { MappingProps } from './mapping-props.ts'
import classes from './new-import.module.css'

/** Which column is what: everything guessed, everything correctable. */
export function MappingSection({ preview, mapping, onChange }: MappingProps) {
  const { t } = useTranslation('imports')
  const groups = groupFields(preview.fields, mapping.fields)
  const unused = listUnused(preview.columns, mapping.fields)
  return (
    <Section title={t('mapping.title')} hint={t('mapping.hint')}>
      {groups.map((group) => (
        <Group key={group.key} group={group} preview={preview} mapping={mapping} onChange={onChange} />
      ))}
      <p className={classes.unused}>
        {unused.length === 0 ? (
          t('mapping.allUsed')
        ) : (
          <>
            <strong>{t('mapping.unused', { count: unused.length })}</strong> {unused.join(', ')}.{' '}
            {t(`mapping.unusedFate.${preview.preset === 'events' ? 'events' : 'orders'}`)}
          </>
        )}
      </p>
    </Section>
  )
}

function Group({ group, ...props }: MappingProps & { group: FieldGroup }) {
  const { t } = useTranslation('imports')
  const { nameOf } = useFieldWords()
  const [isOpen, setOpen] = useState(false)
  const { key, shown, folded } = group
  const set = (field: string, column: string | null) => {
    const { [field]: _, ...rest } = props.mapping.fields
    props.onChange({ fields: column === null ? rest : { ...rest, [field]: column } })
  }
  return (
    <fieldset className={classes.group}>
      <legend>{t(`group.${key}.name`)}</legend>
      <p className={classes.groupHint}>{t(`group.${key}.hint`)}</p>
      {[...shown, ...(isOpen ? folded : [])].map((field) => (
        <FieldRow key={field.field} field={field} set={set} {...props} />
      ))}
      {folded.length > 0 && (
        <div className={classes.folded}>
          <span data-quiet>{isOpen ? '' : folded.map(({ field }) => nameOf(field)).join(', ')}</span>
          <Button variant="subtle" size="xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? t('mapping.fold') : t('mapping.unfold', { count: folded.length })}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
