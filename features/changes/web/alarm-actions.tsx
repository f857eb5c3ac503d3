import { Button, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { SeenAlarm } from '../contract.ts'
import { audienceSegment } from './audience-segment.ts'
import classes from './changes.module.css'
import { useChangeWords } from './use-change-words.ts'
import { findTaken, useAlarmActions } from './use-changes.ts'

/** What the shop says of an alarm, and the way to the persons it is about. */
export function AlarmActions({ alarm }: { alarm: SeenAlarm }) {
  const { t } = useTranslation('changes')
  const { mayChange, setState } = useAlarmActions()
  const [isNoting, setNoting] = useState(false)
  const change = useAction(setState)
  if (!mayChange) return alarm.note === '' ? null : <p className={classes.note}>{alarm.note}</p>
  const isFine = alarm.state === 'fine'
  return (
    <>
      {alarm.note !== '' && (
        <p className={classes.said}>{t('noted', { note: alarm.note, by: alarm.changedBy ?? '' })}</p>
      )}
      {isNoting ? (
        <FineForm alarm={alarm} onEnd={() => setNoting(false)} />
      ) : (
        <>
          {!isFine && (
            <Button size="compact-sm" variant="default" onClick={() => setNoting(true)}>
              {t('action.fine')}
            </Button>
          )}
          {alarm.state !== 'seen' && (
            <Button
              size="compact-sm"
              variant="default"
              loading={change.isRunning}
              onClick={() => void change.run(alarm.id, { state: 'seen' })}
            >
              {isFine ? t('action.again') : t('action.seen')}
            </Button>
          )}
        </>
      )}
      <PeopleButton alarm={alarm} />
      <FormError error={change.error} />
    </>
  )
}

function FineForm({ alarm, onEnd }: { alarm: SeenAlarm; onEnd: () => void }) {
  const { t } = useTranslation('changes')
  const { setState } = useAlarmActions()
  const [note, setNote] = useState(alarm.note)
  const change = useAction(setState)
  const save = async () => {
    // A note that is left as it was stays its author's.
    const own = note.trim() === alarm.note ? {} : { note: note.trim() }
    if (await change.run(alarm.id, { state: 'fine', ...own })) onEnd()
  }
  return (
    <div className={classes.fine}>
      <Textarea
        label={t('fine.label')}
        placeholder={t('fine.example')}
        value={note}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormError error={change.error} />
      <div className={classes.actions}>
        <Button size="compact-sm" loading={change.isRunning} onClick={() => void save()}>
          {t('action.fine')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onEnd}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  )
}

function PeopleButton({ alarm: { audience } }: { alarm: SeenAlarm }) {
  const { t } = useTranslation('changes')
  const { id } = useShop()
  const navigate = useNavigate()
  const { audienceName } = useChangeWords()
  const { getSegment } = useAlarmActions()
  const make = useAction(async () => {
    const segment = await getSegment(audience, audienceName(audience))
    await navigate({
      to: '/s/$shop/segments/$segment/people',
      params: { shop: String(id), segment: String(segment) },
    })
  })
  if (!audienceSegment(audience)) return null
  const taken = findTaken(make.error)
  return (
    <>
      <Button size="compact-sm" variant="subtle" loading={make.isRunning} onClick={() => void make.run()}>
        {t('action.segment')}
      </Button>
      {taken ? (
        <p className={classes.taken} role="alert">
          {t('segmentTaken', { name: taken.name })}
        </p>
      ) : (
        <FormError error={make.error} />
      )}
    </>
  )
}
