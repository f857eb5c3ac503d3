import { Button, TextInput } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { Definition, Segment } from '../contract.ts'
import { GroupEditor } from './group-editor.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { LiveSize } from './live-size.tsx'
import { useSaySegment } from './say-segment.ts'
import { SegmentError } from './segment-error.tsx'
import classes from './segments.module.css'
import { toDefinition, toGroup } from './tree.ts'
import { useHistory } from './use-history.ts'
import { useMayWrite, useSegmentsChanged, useSegmentsPath } from './use-segments.ts'

interface EditorProps {
  /** The saved one that is changed; without it a new one is made. */
  segment?: Segment
  name: string
  definition: Definition
}

/** A segment in words and in conditions, with the number of its persons beside it. */
export function SegmentEditor({ segment, name, definition }: EditorProps) {
  const { t } = useTranslation('segments')
  const mayWrite = useMayWrite()
  const say = useSaySegment()
  const edited = useHistory({ name, note: segment?.note ?? '', root: toGroup(definition) })
  const { root } = edited.value
  const current = toDefinition(root)
  const save = useSave(segment, { ...edited.value, definition: current })
  const isChanged = edited.canUndo && !save.isSaved
  return (
    <form onSubmit={save.submit} onKeyDown={edited.onKeyDown} noValidate>
      <LeaveGuard isChanged={isChanged} isLeaving={save.isLeaving} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <p className={classes.sentence} aria-live="polite">
            {say.segment(current)}
          </p>
          {mayWrite && <Names value={edited.value} change={edited.change} isMissing={save.isNameMissing} />}
          <Section title={t('conditions.title')} hint={t('conditions.hint')}>
            <fieldset disabled={!mayWrite} className={classes.fence}>
              <GroupEditor
                group={root}
                path={[]}
                change={(next) => edited.change({ ...edited.value, root: next })}
                root={root}
                own={segment?.id}
              />
            </fieldset>
          </Section>
        </div>
        <aside className={classes.side} aria-label={t('size.label')}>
          <LiveSize definition={current} segment={segment?.id} />
          {mayWrite && (
            <div className={classes.buttons}>
              <SegmentError error={save.error} />
              <Button type="submit" loading={save.isRunning} disabled={segment !== undefined && !isChanged}>
                {t('save')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={17} stroke={1.7} />}
                disabled={!edited.canUndo}
                onClick={edited.undo}
              >
                {t('undo')}
              </Button>
            </div>
          )}
        </aside>
      </div>
    </form>
  )
}

interface Value {
  name: string
  note: string
}

function Names<V extends Value>({
  value,
  change,
  isMissing,
}: {
  value: V
  change: (value: V, step?: string) => void
  isMissing: boolean
}) {
  const { t } = useTranslation('segments')
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('field.name')}
        placeholder={t('field.nameExample')}
        maxLength={120}
        value={value.name}
        error={isMissing && value.name.trim() === '' ? t('field.nameMissing') : undefined}
        onChange={(event) => change({ ...value, name: event.currentTarget.value }, 'name')}
      />
      <TextInput
        label={t('field.note')}
        placeholder={t('field.noteExample')}
        maxLength={500}
        value={value.note}
        onChange={(event) => change({ ...value, note: event.currentTarget.value }, 'note')}
      />
    </div>
  )
}

function useSave(segment: Segment | undefined, given: Value & { definition: Definition }) {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  const path = useSegmentsPath()
  const changed = useSegmentsChanged()
  const navigate = useNavigate()
  const [isNameMissing, setNameMissing] = useState(false)
  const [isSaved, setSaved] = useState(false)
  // Asked while the page is being left, before it is drawn again.
  const isLeaving = useRef(false)
  const { run, isRunning, error } = useAction(async () => {
    const { name, note, definition } = given
    const body = { name: name.trim(), note, definition }
    const saved = segment
      ? await api.put<Segment>(`${path}/${segment.id}`, { body: { ...body, baseVersion: segment.version } })
      : await api.post<Segment>(path, { body })
    isLeaving.current = true
    setSaved(true)
    notifyDone(t('done.saved'))
    await changed()
    if (!segment)
      await navigate({
        to: '/s/$shop/segments/$segment',
        params: { shop: String(id), segment: String(saved.id) },
        replace: true,
      } as never)
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    const isMissing = given.name.trim() === ''
    setNameMissing(isMissing)
    if (!isMissing) void run()
  }
  return { submit, isRunning, error, isNameMissing, isSaved, isLeaving }
}
