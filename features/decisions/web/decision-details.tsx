import { Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { DECISION_STATES, DIRECTIONS, EFFECT_MEASURES } from '../vocabulary.ts'
import classes from './decisions.module.css'
import { useChoices } from './use-choices.ts'
import type { DecisionValues } from './use-decision-form.ts'

type DetailsProps = { form: UseFormReturnType<DecisionValues>; isChange: boolean }

/** What makes a verdict sharper: what should move and by how much, for whom it was, who answers, what became of it. */
export function DecisionDetails({ form, isChange }: DetailsProps) {
  const { t } = useTranslation('decisions')
  const { measure, segment, owner, state } = form.values
  const { segments, members } = useChoices({ segment, owner }, t('field.gone'))
  return (
    <>
      <div className={classes.triple}>
        <Select
          label={t('field.measure')}
          placeholder={t('field.measureNone')}
          data={EFFECT_MEASURES.map((value) => ({ value, label: t(`measure.${value}`) }))}
          clearable
          clearButtonProps={{ 'aria-label': t('field.measureNone') }}
          {...form.getInputProps('measure')}
        />
        <Select
          label={t('field.direction')}
          data={DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) }))}
          allowDeselect={false}
          disabled={measure === null}
          {...form.getInputProps('direction')}
        />
        <TextInput
          label={t('field.size')}
          placeholder={t('field.sizeNone')}
          inputMode="decimal"
          maxLength={8}
          disabled={measure === null}
          {...form.getInputProps('size')}
        />
      </div>
      <div className={classes.pair}>
        <Select
          label={t('field.segment')}
          description={t('field.segmentWhy')}
          placeholder={t('field.everybody')}
          data={segments}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('field.everybody') }}
          nothingFoundMessage={t('place.nothing')}
          {...form.getInputProps('segment')}
        />
        <Select
          label={t('field.owner')}
          description={t('field.ownerWhy')}
          placeholder={t('field.nobody')}
          data={members}
          clearable
          clearButtonProps={{ 'aria-label': t('field.nobody') }}
          {...form.getInputProps('owner')}
        />
      </div>
      {isChange && (
        <div className={classes.pair}>
          <Select
            label={t('field.state')}
            data={DECISION_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('state')}
          />
          {state === 'undone' && (
            <TextInput type="date" label={t('field.endDay')} {...form.getInputProps('endDay')} />
          )}
        </div>
      )}
    </>
  )
}
