import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { formatDecimal, parseMoney } from '../../../kernel/money.ts'
import { api } from '../../../web/api-client.ts'
import { dayOf } from '../../../web/format.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useFormAction } from '../../accounts/web/parts.ts'
import type { Decision } from '../contract.ts'
import type { DecisionState, Direction, EffectMeasure } from '../vocabulary.ts'
import { useDecisionsChanged, useDecisionsPath } from './use-decisions.ts'
import { readPlace, writePlace } from './use-places.ts'

export type DecisionFormProps = {
  /** The one to change; without it a new one is written down. */
  decision?: Decision
  /** Where a new one stands unless told otherwise. */
  place?: { stage?: string | null; touchpoint?: string | null }
  close: () => void
}

function readValues({ decision, place }: DecisionFormProps, currency: string, today: string) {
  return {
    title: decision?.title ?? '',
    day: decision?.day ?? today,
    // An empty text would count as something chosen.
    place: writePlace(decision ?? place ?? {}) || null,
    cost: decision && decision.cost !== null ? formatDecimal(decision.cost, currency) : '',
    expected: decision?.expected ?? '',
    note: decision?.note ?? '',
    measure: (decision?.expectedMeasure ?? null) as EffectMeasure | null,
    direction: (decision?.expectedDirection ?? 'up') as Direction,
    size: decision?.expectedSize == null ? '' : String(decision.expectedSize),
    segment: decision?.segment == null ? null : String(decision.segment),
    owner: decision?.owner ?? null,
    state: (decision?.state ?? 'trying') as DecisionState,
    endDay: decision?.endDay ?? '',
  }
}

export type DecisionValues = ReturnType<typeof readValues>

export function useDecisionForm(props: DecisionFormProps) {
  const { decision, close } = props
  const { t } = useTranslation('decisions')
  const shop = useShop()
  const path = useDecisionsPath()
  const changed = useDecisionsChanged()
  const currency = decision?.currency ?? shop.currency
  const form = useForm({
    initialValues: readValues(props, currency, dayOf(new Date(), shop.timeZone)),
    validate: {
      title: (title) => (title.trim() === '' ? t('wrong.title') : null),
      day: (day) => (isDay(day) ? null : t('wrong.day')),
      cost: (cost) => (readCost(cost, currency) === undefined ? t('wrong.cost') : null),
      size: (size, { measure }) =>
        measure !== null && readSize(size) === undefined ? t('wrong.size') : null,
      endDay: (endDay, { state, day }) =>
        state === 'undone' && endDay !== '' && !(isDay(endDay) && endDay > day) ? t('wrong.endDay') : null,
    },
  })
  // Stage and touchpoint stand in one field.
  const setErrors = ({ stage, touchpoint, ...errors }: Record<string, string>) => {
    const place = touchpoint ?? stage
    form.setErrors({ ...errors, ...(place !== undefined && { place }) })
  }
  const { run, isRunning, error } = useFormAction({ setErrors }, async (values: DecisionValues) => {
    // The amount goes along only when it was touched: a shop may have changed its currency since.
    const isCostChanged = decision === undefined || form.isDirty('cost')
    const amount = isCostChanged ? { cost: readCost(values.cost, currency) ?? null } : {}
    const body = { ...writeBody(values), ...amount }
    // Where, for whom and whose it was is sent only when it was touched: what it names may be gone since.
    if (decision && !form.isDirty('place')) {
      delete body.stage
      delete body.touchpoint
    }
    if (decision && !form.isDirty('segment')) delete body.segment
    if (decision && !form.isDirty('owner')) delete body.owner
    if (decision) await api.patch(`${path}/${decision.id}`, { body })
    else await api.post(path, { body })
    notifyDone(t(decision ? 'done.changed' : 'done.made'))
    close()
    await changed()
  })
  return { form, submit: form.onSubmit((values) => void run(values)), isRunning, error }
}

function writeBody(values: DecisionValues) {
  const { title, day, place, expected, note, measure, direction, size, segment, owner, state, endDay } =
    values
  return {
    ...{ title, day, expected, note, owner: owner as string | null | undefined },
    ...(readPlace(place ?? '') as Partial<ReturnType<typeof readPlace>>),
    expectedMeasure: measure,
    ...(measure !== null && { expectedDirection: direction, expectedSize: readSize(size) ?? null }),
    segment: (segment === null ? null : Number(segment)) as number | null | undefined,
    state,
    endDay: state === 'undone' && endDay !== '' ? endDay : null,
  }
}

const isDay = (day: string) => /^20\d\d-\d\d-\d\d$/.test(day)

/** Points; null for nothing written, undefined for what is no size. */
function readSize(text: string): number | null | undefined {
  const written = text.trim().replace(',', '.')
  if (written === '') return null
  const size = Number(written)
  return Number.isFinite(size) && size > 0 && size <= 200 ? size : undefined
}

/** Minor units; null for nothing written, undefined for what is no amount. */
function readCost(text: string, currency: string): number | null | undefined {
  if (text.trim() === '') return null
  const parsed = parseMoney(text, currency)
  return parsed.ok && parsed.minor >= 0 ? parsed.minor : undefined
}
