import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './drivers.module.css'
import { checkDraft, emptyDraft, type Fact, type FactDraft, HOWS, toFact } from './fact-draft.ts'
import { useStageNames } from './use-driver-words.ts'
import { useSaveSettings } from './use-drivers.ts'

type FactFormProps = { taken: readonly Fact[]; close: () => void }

/** A fact of the shop's own: an event that came, or what one of its properties says. */
export function FactForm({ taken, close }: FactFormProps) {
  const { t } = useTranslation('drivers')
  const save = useSaveSettings()
  const [draft, setDraft] = useState<FactDraft>(emptyDraft('receipt'))
  const [isTried, setTried] = useState(false)
  const wrong = checkDraft(draft)
  const action = useAction(async () => {
    await save((now) => ({
      ...now,
      facts: [
        ...now.facts,
        toFact(
          draft,
          [...taken, ...now.facts].map(({ key }) => key),
        ),
      ],
    }))
    notifyDone(t('settings.saved'))
    close()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(wrong).length === 0) void action.run()
  }
  return (
    <form className={classes.factForm} onSubmit={submit} noValidate>
      <Fields
        draft={draft}
        wrong={isTried ? wrong : {}}
        change={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
      <FormError error={action.error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('settings.cancel')}
        </Button>
        <Button type="submit" loading={action.isRunning}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}

type FieldsProps = {
  draft: FactDraft
  wrong: ReturnType<typeof checkDraft>
  change: (part: Partial<FactDraft>) => void
}

function Fields({ draft, wrong, change }: FieldsProps) {
  const { t } = useTranslation('drivers')
  const names = useStageNames()
  const text = (field: 'name' | 'event' | 'property' | 'value', maxLength: number) => ({
    label: t(`facts.${field}`),
    placeholder: t(`facts.${field}Example`),
    maxLength,
    value: draft[field],
    error: wrong[field] && t(`facts.wrong.${wrong[field]}`),
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  })
  return (
    <>
      <TextInput {...text('name', 80)} data-autofocus />
      <TextInput {...text('event', 100)} description={t('facts.eventHint')} />
      <Select
        label={t('facts.how')}
        value={draft.how}
        data={HOWS.map((value) => ({ value, label: t(`facts.hows.${value}`) }))}
        allowDeselect={false}
        onChange={(how) => change({ how: HOWS.find((one) => one === how) ?? 'came' })}
      />
      {draft.how !== 'came' && <TextInput {...text('property', 100)} />}
      {draft.how !== 'came' && <TextInput {...text('value', 200)} />}
      <Select
        label={t('facts.stage')}
        description={t('facts.stageHint')}
        value={draft.stage}
        data={names.stages.map((value) => ({ value, label: names.stage(value) }))}
        allowDeselect={false}
        onChange={(stage) => stage !== null && change({ stage })}
      />
    </>
  )
}
