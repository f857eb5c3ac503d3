import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { Review, ReviewCheck } from '../contract.ts'
import classes from './reviews.module.css'
import { useReviewsChanged, useReviewsPath } from './use-reviews.ts'

type CheckDialogProps = {
  review: Review | undefined
  name: string
  close: () => void
  onMade: (check: ReviewCheck) => void
}

/** Notes that a touchpoint was looked at, and what was seen. */
export function CheckDialog({ review, name, close, onMade }: CheckDialogProps) {
  const { t } = useTranslation('reviews')
  const { t: tUi } = useTranslation('ui')
  return (
    <Modal
      opened={review !== undefined}
      onClose={close}
      title={t('check.title', { name })}
      size="lg"
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      {review && <CheckForm review={review} close={close} onMade={onMade} />}
    </Modal>
  )
}

function CheckForm({ review, close, onMade }: Omit<CheckDialogProps, 'name'> & { review: Review }) {
  const { t } = useTranslation('reviews')
  const path = useReviewsPath()
  const changed = useReviewsChanged()
  const [note, setNote] = useState('')
  const { run, isRunning, error } = useAction(async () => {
    const body = { note: note.trim() }
    onMade(await api.post<ReviewCheck>(`${path}/${review.touchpoint}/checks`, { body }))
    close()
    await changed(review.touchpoint)
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <p>{t('check.what')}</p>
      <Textarea
        label={t('check.note')}
        placeholder={t('check.example')}
        value={note}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2_000}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormError error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('check.save')}
        </Button>
      </div>
    </form>
  )
}
