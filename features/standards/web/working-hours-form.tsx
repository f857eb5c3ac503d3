import { Button, Checkbox, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useLocale } from '../../../web/format.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { WorkingHours } from '../contract.ts'
import { readMinutes, weekdayNames, writeMinutes } from './clock-text.ts'
import classes from './working-hours.module.css'

/** When people of the shop are at work: what "working hours" mean in its standards. */
export function WorkingHoursSection() {
  const { t } = useTranslation('standards')
  const path = `/shops/${useShop().id}/working-hours`
  const hours = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<WorkingHours>(path, { signal }),
  })
  return (
    <Section title={t('hours.title')} hint={t('hours.why')}>
      {hours.isPending && <div className={classes.loading} aria-busy="true" />}
      {hours.isError && <ErrorState error={hours.error} onRetry={() => void hours.refetch()} />}
      {hours.data && <HoursForm path={path} hours={hours.data} />}
    </Section>
  )
}

function HoursForm({ path, hours }: { path: string; hours: WorkingHours }) {
  const { t } = useTranslation('standards')
  const queryClient = useQueryClient()
  const form = useForm({
    initialValues: {
      days: hours.days.map(String),
      opens: writeMinutes(hours.opens),
      closes: writeMinutes(hours.closes),
    },
    validate: {
      days: (days) => (days.length === 0 ? t('hours.noDay') : null),
      closes: (closes, { opens }) =>
        readMinutes(closes, true) > readMinutes(opens) ? null : t('hours.order'),
    },
  })
  const { run, isRunning, error } = useAction(async ({ days, opens, closes }: typeof form.values) => {
    const body = { days: days.map(Number), opens: readMinutes(opens), closes: readMinutes(closes, true) }
    queryClient.setQueryData([path], await api.put<WorkingHours>(path, { body }))
    form.resetDirty()
    notifyDone(t('hours.saved'))
  })
  const time = { type: 'time', required: true, withAsterisk: false, className: classes.time } as const
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => void run(values))}>
      <DayBoxes inputProps={form.getInputProps('days')} />
      <div className={classes.times}>
        <TextInput {...time} label={t('hours.opens')} {...form.getInputProps('opens')} />
        <TextInput {...time} label={t('hours.closes')} {...form.getInputProps('closes')} />
      </div>
      <FormError error={error} />
      <div>
        <Button type="submit" loading={isRunning} disabled={!form.isDirty()}>
          {t('hours.save')}
        </Button>
      </div>
    </form>
  )
}

function DayBoxes({ inputProps }: { inputProps: object }) {
  const { t } = useTranslation('standards')
  const locale = useLocale()
  return (
    <Checkbox.Group label={t('hours.days')} {...inputProps}>
      <div className={classes.days}>
        {weekdayNames(locale).map((name, index) => (
          <Checkbox key={name} value={String(index + 1)} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
