import { MultiSelect, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConditionAbout } from '../contract.ts'
import { TOUCH_FIELDS } from '../vocabulary.ts'
import classes from './segments.module.css'
import { Choice, type FieldsOf, WhenFields, withWhen } from './small-fields.tsx'
import { useChosenNames, useSegmentChoices } from './use-names.ts'

export function KnownFields({ condition, onChange }: FieldsOf<ConditionAbout<'known'>>) {
  const { t } = useTranslation('segments')
  return (
    <Choice
      label={t('fields.known')}
      value={condition.is ? 'yes' : 'no'}
      values={['yes', 'no'] as const}
      say={(is) => t(`known.${is}`)}
      onChange={(is) => onChange({ ...condition, is: is === 'yes' })}
    />
  )
}

export function DeviceFields({ condition, onChange }: FieldsOf<ConditionAbout<'device'>>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Choice
        label={t('fields.device')}
        value={condition.is}
        values={['phone', 'computer'] as const}
        say={(is) => t(`device.${is}`)}
        onChange={(is) => onChange({ ...condition, is })}
      />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}

export function TouchFields({ condition, onChange }: FieldsOf<ConditionAbout<'touch'>>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Choice
        label={t('fields.touch')}
        value={condition.which}
        values={['first', 'last'] as const}
        say={(which) => t(`touch.${which}`)}
        onChange={(which) => onChange({ ...condition, which })}
      />
      <Choice
        label={t('fields.by')}
        value={condition.by}
        values={TOUCH_FIELDS}
        say={(by) => t(`touchBy.${by}`)}
        onChange={(by) =>
          onChange({
            ...condition,
            by,
            values: [{ channel: 'social', touchpoint: 'search_ad', source: 'google', campaign: 'sale' }[by]],
          })
        }
      />
      <ValuesField condition={condition} onChange={onChange} />
    </>
  )
}

function ValuesField({ condition, onChange }: FieldsOf<ConditionAbout<'touch'>>) {
  const { t } = useTranslation('segments')
  const names = useChosenNames()
  const choices = useSegmentChoices()
  const { by, values } = condition
  // Nothing chosen is no condition: the last one stays until another is there.
  const set = (next: string[]) => next.length > 0 && onChange({ ...condition, values: next })
  if (by === 'source' || by === 'campaign')
    return (
      <TagsInput
        className={classes.wide}
        label={t('fields.values')}
        data={by === 'source' ? choices.sources : choices.campaigns}
        value={values}
        maxLength={200}
        onChange={set}
      />
    )
  return (
    <MultiSelect
      className={classes.wide}
      label={t('fields.values')}
      data={by === 'channel' ? names.channels : names.touchpoints}
      value={values}
      searchable
      onChange={set}
    />
  )
}
