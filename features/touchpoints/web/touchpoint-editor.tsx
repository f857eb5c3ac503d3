import { Button, Drawer, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNEL_KEYS } from '../../../kernel/channels.ts'
import { isApiError } from '../../../web/api-error.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { RegistryContent, RegistryProblem, RegistryView, Touchpoint } from '../contract.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { useRegistryWords } from './registry-words.ts'
import { RuleEditor } from './rule-editor.tsx'
import { StandardsEditor } from './standards-editor.tsx'
import classes from './touchpoints.module.css'
import { useRegistryChanges } from './use-registry.ts'

export type Edited = { touchpoint: Touchpoint; isNew: boolean }

type EditorProps = { view: RegistryView; edited: Edited; onClose: () => void }

/** Everything about one touchpoint, beside the list; saved into the draft. */
export function TouchpointEditor({ view, edited, onClose }: EditorProps) {
  const { t } = useTranslation(['touchpoints', 'ui'])
  const words = useRegistryWords()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={edited.isNew ? t('add') : words.touchpoint(edited.touchpoint)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <EditorForm view={view} edited={edited} onClose={onClose} />
    </Drawer>
  )
}

function EditorForm({ view, edited, onClose }: EditorProps) {
  const { t } = useTranslation('touchpoints')
  const content = view.draft?.registry ?? view.registry
  const [touchpoint, setTouchpoint] = useState(edited.touchpoint)
  const [place, setPlace] = useState(placeOf(content, edited))
  const changes = useRegistryChanges(view.version)
  const change = (part: Partial<Touchpoint>) => setTouchpoint((now) => ({ ...now, ...part }))
  const next = withTouchpoint(content, edited, touchpoint, place)
  const finish = useAction(async (chosen: RegistryContent) => {
    await changes.saveDraft(chosen)
    onClose()
  })
  const isKeyTaken = edited.isNew && content.touchpoints.some(({ key }) => key === touchpoint.key)
  const isKeyGood = /^[a-z][a-z0-9_]{0,39}$/.test(touchpoint.key) && !isKeyTaken
  return (
    <div className={classes.stack}>
      <Switch
        label={t('editor.isOn')}
        checked={touchpoint.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      {edited.isNew && (
        <TextInput
          label={t('editor.key')}
          description={t('editor.keyHint')}
          value={touchpoint.key}
          error={
            touchpoint.key !== '' && !isKeyGood
              ? t(isKeyTaken ? 'editor.keyTaken' : 'editor.keyWrong')
              : undefined
          }
          onChange={(event) => change({ key: event.currentTarget.value })}
        />
      )}
      <Names touchpoint={touchpoint} change={change} />
      <Place content={content} touchpoint={touchpoint} change={change} place={place} setPlace={setPlace} />
      <RuleEditor rule={touchpoint.rule} onChange={(rule) => change({ rule })} />
      {isKeyGood || !edited.isNew ? <PreviewPanel content={next} touchpoint={touchpoint} /> : null}
      <StandardsEditor standards={touchpoint.standards} onChange={(standards) => change({ standards })} />
      <FormError error={finish.error} />
      <Problems error={finish.error} />
      <div className={classes.buttons}>
        <Button
          loading={finish.isRunning}
          disabled={edited.isNew && !isKeyGood}
          onClick={() => void finish.run(next)}
        >
          {t('editor.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('editor.cancel')}
        </Button>
        {!edited.isNew && (
          <Button
            variant="outline"
            color="lost"
            onClick={() => void finish.run(without(content, touchpoint.key))}
          >
            {t('editor.remove')}
          </Button>
        )}
      </div>
    </div>
  )
}

type Change = (part: Partial<Touchpoint>) => void

function Names({ touchpoint, change }: { touchpoint: Touchpoint; change: Change }) {
  const { t } = useTranslation('touchpoints')
  const set = (language: 'ru' | 'uk' | 'en', text: string) =>
    change({ name: { ...touchpoint.name, [language]: text } })
  return (
    <div className={classes.pair}>
      {(['ru', 'uk', 'en'] as const).map((language) => (
        <TextInput
          key={language}
          label={t(`editor.name.${language}`)}
          maxLength={80}
          value={touchpoint.name?.[language] ?? ''}
          placeholder={t('editor.builtInName')}
          onChange={(event) => set(language, event.currentTarget.value)}
        />
      ))}
    </div>
  )
}

type PlaceProps = {
  content: RegistryContent
  touchpoint: Touchpoint
  change: Change
  place: number
  setPlace: (place: number) => void
}

function Place({ content, touchpoint, change, place, setPlace }: PlaceProps) {
  const { t } = useTranslation(['touchpoints', 'channels'])
  const words = useRegistryWords(content)
  const stages = content.stages.map((stage) => ({ value: stage.key, label: words.stage(stage) }))
  const sameStage = [{ value: '', label: t('editor.sameStage') }, ...stages]
  const pick = (field: 'stageWhileOrdered' | 'stageAfterReceipt') => (
    <Select
      label={t(`editor.${field}`)}
      data={sameStage}
      value={touchpoint[field] ?? ''}
      allowDeselect={false}
      onChange={(value) => change({ [field]: value || null })}
    />
  )
  return (
    <div className={classes.pair}>
      <Select
        label={t('editor.stage')}
        data={stages}
        value={touchpoint.stage}
        allowDeselect={false}
        onChange={(stage) => stage && change({ stage })}
      />
      <Select
        label={t('editor.channel')}
        data={CHANNEL_KEYS.map((value) => ({ value, label: t(`channels:${value}`) }))}
        value={touchpoint.channel}
        allowDeselect={false}
        searchable
        onChange={(channel) => channel && change({ channel })}
      />
      {pick('stageWhileOrdered')}
      {pick('stageAfterReceipt')}
      <Select
        label={t('editor.claims')}
        data={(['moment', 'arrival', 'both'] as const).map((value) => ({
          value,
          label: t(`claimsLong.${value}`),
        }))}
        value={touchpoint.claims}
        allowDeselect={false}
        onChange={(claims) => claims && change({ claims: claims as Touchpoint['claims'] })}
      />
      <NumberInput
        label={t('editor.order')}
        description={t('editor.orderHint')}
        min={1}
        max={Math.max(content.touchpoints.length, place)}
        value={place}
        allowDecimal={false}
        onChange={(value) => setPlace(Math.max(1, Number(value) || 1))}
      />
    </div>
  )
}

/** Where the server found mistakes; its sentences are in English, the places are those of the rule. */
function Problems({ error }: { error: unknown }) {
  if (!isApiError(error) || error.code !== 'validation_failed' || !Array.isArray(error.details)) return null
  const problems = (error.details as Partial<RegistryProblem>[]).filter(({ message }) => message)
  return (
    <ul>
      {problems.map(({ path, message }) => (
        <li key={`${path} ${message}`} data-tone="lost">
          <code>{path}</code> {message}
        </li>
      ))}
    </ul>
  )
}

function placeOf({ touchpoints }: RegistryContent, { touchpoint, isNew }: Edited): number {
  return isNew ? 1 : touchpoints.findIndex(({ key }) => key === touchpoint.key) + 1
}

function without({ stages, touchpoints }: RegistryContent, key: string): RegistryContent {
  return { stages, touchpoints: touchpoints.filter((one) => one.key !== key) }
}

function withTouchpoint(
  content: RegistryContent,
  { touchpoint: before }: Edited,
  touchpoint: Touchpoint,
  place: number,
): RegistryContent {
  const { stages, touchpoints } = without(content, before.key)
  return { stages, touchpoints: touchpoints.toSpliced(place - 1, 0, touchpoint) }
}
