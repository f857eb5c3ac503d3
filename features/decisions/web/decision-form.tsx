import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { formatDecimal, parseMoney } from '../../../kernel/money.ts'
import { api } from '../../../web/api-client.ts'
import { dayOf } from '../../../web/format.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useFormAction } from '../../accounts/web/parts.ts'
import type { Decision } from '../contract.ts'
import classes from './decisions.module.css'
import { useDecisionsChanged, useDecisionsPath } from './use-decisions.ts'
import { readPlace, usePlaces, writePlace } from './use-places.ts'

export type DecisionFormProps = {
  /** The one to change; without it a new one is written down. */
  decision?: Decision
  /** Where a new one stands unless told otherwise. */
  place?: { stage?: string | null; touchpoint?: string | null }
  close: () => void
}

export function DecisionForm({ decision, place, close }: DecisionFormProps) {
  const { t } = useTranslation('decisions')
  const { form, submit, isRunning, error } = useDecisionForm({ decision, place, close })
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
      <PlaceField inputProps={form.getInputProps('place')} />
      <TextInput
        label={t('field.expected')}
        placeholder={t('field.expectedExample')}
        maxLength={300}
        {...form.getInputProps('expected')}
      />
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

function PlaceField({ inputProps }: { inputProps: object }) {
  const { t } = useTranslation('decisions')
  const { groups } = usePlaces()
  return (
    <Select
      label={t('field.place')}
      placeholder={t('place.all')}
      data={groups}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('place.clear') }}
      nothingFoundMessage={t('place.nothing')}
      {...inputProps}
    />
  )
}

function useDecisionForm({ decision, place, close }: DecisionFormProps) {
  const { t } = useTranslation('decisions')
  const shop = useShop()
  const path = useDecisionsPath()
  const changed = useDecisionsChanged()
  const currency = decision?.currency ?? shop.currency
  const form = useForm({
    initialValues: {
      title: decision?.title ?? '',
      day: decision?.day ?? dayOf(new Date(), shop.timeZone),
      // An empty text would count as something chosen.
      place: writePlace(decision ?? place ?? {}) || null,
      cost: decision && decision.cost !== null ? formatDecimal(decision.cost, currency) : '',
      expected: decision?.expected ?? '',
      note: decision?.note ?? '',
    },
    validate: {
      title: (title) => (title.trim() === '' ? t('wrong.title') : null),
      day: (day) => (/^20\d\d-\d\d-\d\d$/.test(day) ? null : t('wrong.day')),
      cost: (cost) => (readCost(cost, currency) === undefined ? t('wrong.cost') : null),
    },
  })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const { place: where, cost, ...rest } = values
    // The amount goes along only when it was touched: a shop may have changed its currency since.
    const isCostChanged = decision === undefined || form.isDirty('cost')
    const amount = isCostChanged ? { cost: readCost(cost, currency) ?? null } : {}
    const body = { ...rest, ...readPlace(where ?? ''), ...amount }
    if (decision) await api.patch(`${path}/${decision.id}`, { body })
    else await api.post(path, { body })
    notifyDone(t(decision ? 'done.changed' : 'done.made'))
    close()
    await changed()
  })
  return { form, submit: form.onSubmit((values) => void run(values)), isRunning, error }
}

/** Minor units; null for nothing written, undefined for what is no amount. */
function readCost(text: string, currency: string): number | null | undefined {
  if (text.trim() === '') return null
  const parsed = parseMoney(text, currency)
  return parsed.ok && parsed.minor >= 0 ? parsed.minor : undefined
}
