import { Button, Modal, Select, Skeleton, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useFormAction } from '../../accounts/web/parts.ts'
import type { Review, ReviewCheck } from '../contract.ts'
import { RHYTHMS } from '../vocabulary.ts'
import { CheckNotice } from './check-notice.tsx'
import classes from './reviews.module.css'
import { NEVER, type Settled, toChange, toSettled } from './settle-change.ts'
import {
  type CheckChanges,
  useChecks,
  useMayCheck,
  useReviewsChanged,
  useReviewsPath,
} from './use-reviews.ts'

type ReviewDialogProps = {
  review: Review | undefined
  name: string
  close: () => void
  changes: CheckChanges
}

/** How often a touchpoint is checked and by whom, and all checks so far. */
export function ReviewDialog({ review, name, close, changes }: ReviewDialogProps) {
  const { t: tUi } = useTranslation('ui')
  const may = useMayCheck()
  return (
    <Modal
      opened={review !== undefined}
      onClose={close}
      title={name}
      size="lg"
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      {review && (
        <div className={classes.form}>
          {may.settle && <SettleForm review={review} close={close} />}
          <History touchpoint={review.touchpoint} name={name} changes={changes} mayRemove={may.check} />
        </div>
      )}
    </Modal>
  )
}

function SettleForm({ review, close }: { review: Review; close: () => void }) {
  const { t } = useTranslation('reviews')
  const { form, shown, submit, isRunning, error } = useSettleForm(review, close)
  const members = useMembers()
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div className={classes.triple}>
        <Select
          label={t('settle.rhythm')}
          data={[
            ...RHYTHMS.map((weeks) => ({ value: String(weeks), label: t('settle.every', { count: weeks }) })),
            { value: NEVER, label: t('settle.never') },
          ]}
          allowDeselect={false}
          {...form.getInputProps('everyWeeks')}
          value={shown.everyWeeks}
        />
        <Select
          label={t('settle.owner')}
          placeholder={t('noOwner')}
          data={members}
          clearable
          clearButtonProps={{ 'aria-label': t('noOwner') }}
          {...form.getInputProps('owner')}
          value={shown.owner}
        />
        <TextInput
          type="date"
          label={t('settle.next')}
          disabled={shown.everyWeeks === NEVER}
          {...form.getInputProps('nextOn')}
          value={shown.nextOn}
        />
      </div>
      <FormError error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('settle.save')}
        </Button>
      </div>
    </form>
  )
}

function useSettleForm(review: Review, close: () => void) {
  const { t } = useTranslation('reviews')
  const path = useReviewsPath()
  const changed = useReviewsChanged()
  // Only what is edited is kept here: the rest follows the review, whose next day may be put back meanwhile.
  const form = useForm<Partial<Settled>>({
    initialValues: {},
    validate: {
      nextOn: (day = '') => (day === '' || /^20\d\d-\d\d-\d\d$/.test(day) ? null : t('settle.wrongDay')),
    },
  })
  const known = toSettled(review)
  const shown = { ...known, ...form.values }
  const { run, isRunning, error } = useFormAction(form, async () => {
    const change = toChange(known, shown)
    if (change) {
      await api.patch(`${path}/${review.touchpoint}`, { body: change })
      notifyDone(t('settle.done'))
    }
    close()
    if (change) await changed(review.touchpoint)
  })
  return { form, shown, submit: form.onSubmit(() => void run({})), isRunning, error }
}

/** Who of the shop may be named. */
export function useMembers() {
  const path = `/shops/${useShop().id}/members`
  const { data } = useQuery({
    queryKey: [path, 'names', {}],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>(path, { signal }),
    staleTime: 30_000,
  })
  return (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

type HistoryProps = Pick<ReviewDialogProps, 'name' | 'changes'> & { touchpoint: string; mayRemove: boolean }

function History({ touchpoint, name, changes, mayRemove }: HistoryProps) {
  const { t } = useTranslation('reviews')
  const { data, error, refetch } = useChecks(touchpoint, true)
  const { notice } = changes
  const own = notice?.check.touchpoint === touchpoint ? notice : undefined
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={60} aria-busy="true" />
  return (
    <section>
      <h3>{t('history.title')}</h3>
      <CheckNotice changes={{ ...changes, notice: own }} name={() => name} />
      {data.items.length === 0 && <p className={classes.quiet}>{t('history.empty')}</p>}
      <ol className={classes.history}>
        {data.items.map((check: ReviewCheck) => (
          <li key={check.id}>
            <span className={classes.quiet}>
              <DayText day={check.day} /> · {check.by}
            </span>
            <p className={classes.note}>{check.note === '' ? t('noNote') : check.note}</p>
            {mayRemove && (
              <Button
                variant="subtle"
                size="compact-xs"
                loading={changes.isRunning}
                onClick={() => void changes.remove(check)}
              >
                {t('history.remove')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
