import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { DecisionDetails } from './decision-details.tsx'
import classes from './decisions.module.css'
import { type DecisionFormProps, useDecisionForm } from './use-decision-form.ts'
import { usePlaces, writePlace } from './use-places.ts'

export type { DecisionFormProps }

export function DecisionForm(props: DecisionFormProps) {
  const { decision, close } = props
  const { t } = useTranslation('decisions')
  const { form, submit, isRunning, error } = useDecisionForm(props)
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('field.title')}
        placeholder={t('field.titleExample')}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('title')}
      />
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t('field.day')}
          required
          withAsterisk={false}
          {...form.getInputProps('day')}
        />
        <CostField inputProps={form.getInputProps('cost')} currency={decision?.currency} />
      </div>
      <PlaceField inputProps={form.getInputProps('place')} decision={decision} />
      <TextInput
        label={t('field.expected')}
        placeholder={t('field.expectedExample')}
        maxLength={300}
        {...form.getInputProps('expected')}
      />
      <DecisionDetails form={form} isChange={decision !== undefined} />
      <Textarea
        label={t('field.note')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        {...form.getInputProps('note')}
      />
      <FormError error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function CostField({ inputProps, currency }: { inputProps: object; currency?: string }) {
  const { t } = useTranslation('decisions')
  const shop = useShop()
  return (
    <TextInput
      label={t('field.cost', { currency: currency ?? shop.currency })}
      placeholder={t('field.costNone')}
      inputMode="decimal"
      maxLength={24}
      {...inputProps}
    />
  )
}

type PlaceFieldProps = { inputProps: object } & Pick<DecisionFormProps, 'decision'>

function PlaceField({ inputProps, decision }: PlaceFieldProps) {
  const { t } = useTranslation('decisions')
  const { groups, nameOf } = usePlaces()
  // A place that is switched off or gone is still the decision's own.
  const own = decision ? writePlace(decision) : ''
  const isOffered = own === '' || groups.some(({ items }) => items.some(({ value }) => value === own))
  const gone = decision && !isOffered ? [{ value: own, label: nameOf(decision) }] : []
  return (
    <Select
      label={t('field.place')}
      placeholder={t('place.all')}
      data={[...groups, ...(gone.length > 0 ? [{ group: t('field.gone'), items: gone }] : [])]}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('place.clear') }}
      nothingFoundMessage={t('place.nothing')}
      {...inputProps}
    />
  )
}
