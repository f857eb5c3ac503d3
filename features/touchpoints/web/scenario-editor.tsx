import { ActionIcon, Button, Checkbox, Drawer, MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { RegistryContent, ScenarioContent, ScenarioStep } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'

type EditorProps = {
  registry: RegistryContent
  content: ScenarioContent
  onSave: (content: ScenarioContent) => Promise<void>
  onClose: () => void
}

/** Who the buyer is, and the steps in their order: dragged with the mouse, or moved by the arrows. */
export function ScenarioEditor({ registry, content, onSave, onClose }: EditorProps) {
  const { t } = useTranslation(['touchpoints', 'ui'])
  const [now, setNow] = useState(content)
  const save = useAction(onSave)
  const change = (part: Partial<ScenarioContent>) => setNow((before) => ({ ...before, ...part }))
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={content.name || t('scenarios.add')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={classes.stack}>
        <TextInput
          label={t('scenarios.name')}
          description={t('scenarios.nameHint')}
          maxLength={80}
          value={now.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          required
        />
        <Textarea
          label={t('scenarios.note')}
          maxLength={500}
          autosize
          minRows={2}
          value={now.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Steps registry={registry} path={now.path} onChange={(path) => change({ path })} />
        <FormError error={save.error} />
        <div className={classes.buttons}>
          <Button
            loading={save.isRunning}
            disabled={now.name.trim() === ''}
            onClick={() => void save.run(now)}
          >
            {t('scenarios.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('editor.cancel')}
          </Button>
        </div>
      </div>
    </Drawer>
  )
}

type StepsProps = {
  registry: RegistryContent
  path: ScenarioStep[]
  onChange: (path: ScenarioStep[]) => void
}

function Steps({ registry, path, onChange }: StepsProps) {
  const { t } = useTranslation('touchpoints')
  const [dragged, setDragged] = useState<number>()
  const [removed, setRemoved] = useState<{ step: ScenarioStep; index: number }>()
  const move = (from: number, to: number) => {
    const step = path[from]
    if (step && to >= 0 && to < path.length) onChange(path.toSpliced(from, 1).toSpliced(to, 0, step))
  }
  const remove = (index: number) => {
    const step = path[index]
    if (step) setRemoved({ step, index })
    onChange(path.toSpliced(index, 1))
  }
  return (
    <fieldset className={classes.group}>
      <legend>{t('scenarios.steps')}</legend>
      <ol className={classes.steps}>
        {path.map((step, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a path may pass the same place twice
            key={index}
            className={classes.step}
            data-dragged={dragged === index || undefined}
            draggable
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(undefined)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => dragged !== undefined && move(dragged, index)}
          >
            <StepFields
              registry={registry}
              step={step}
              index={index}
              isLast={index === path.length - 1}
              onChange={(next) => onChange(path.with(index, next))}
              onMove={(by) => move(index, index + by)}
              onRemove={() => remove(index)}
            />
          </li>
        ))}
      </ol>
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange([...path, makeStep(registry, path)])}
          disabled={path.length >= 60}
        >
          {t('scenarios.addStep')}
        </Button>
        {removed && (
          <Button
            variant="subtle"
            size="xs"
            onClick={() => {
              onChange(path.toSpliced(removed.index, 0, removed.step))
              setRemoved(undefined)
            }}
          >
            {t('scenarios.undoStep')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

type FieldsProps = {
  registry: RegistryContent
  step: ScenarioStep
  index: number
  isLast: boolean
  onChange: (step: ScenarioStep) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

function StepFields({ registry, step, index, isLast, onChange, onMove, onRemove }: FieldsProps) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords(registry)
  const number = index + 1
  const places = registry.touchpoints.filter(
    (one) => one.stage === step.stage || step.touchpoints.includes(one.key),
  )
  return (
    <>
      <span className={classes.number}>{number}</span>
      <Select
        aria-label={t('scenarios.stageOf', { number })}
        data={registry.stages.map((stage) => ({ value: stage.key, label: words.stage(stage) }))}
        value={step.stage}
        allowDeselect={false}
        onChange={(stage) => stage && onChange({ ...step, stage, touchpoints: [] })}
      />
      <div>
        <MultiSelect
          aria-label={t('scenarios.touchpointsOf', { number })}
          placeholder={step.touchpoints.length === 0 ? t('scenarios.anyTouchpoint') : undefined}
          data={places.map((one) => ({ value: one.key, label: words.touchpoint(one) }))}
          value={step.touchpoints}
          onChange={(touchpoints) => onChange({ ...step, touchpoints })}
        />
        <Checkbox
          mt={6}
          size="xs"
          label={t('scenarios.isOptional')}
          checked={step.isOptional}
          onChange={(event) => onChange({ ...step, isOptional: event.currentTarget.checked })}
        />
      </div>
      <div>
        <ActionIcon
          aria-label={t('scenarios.up', { number })}
          disabled={index === 0}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('scenarios.down', { number })} disabled={isLast} onClick={() => onMove(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon color="lost" aria-label={t('scenarios.removeStep', { number })} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
    </>
  )
}

/** The next stage after the last step: that is what is added mostly. */
function makeStep({ stages }: RegistryContent, path: readonly ScenarioStep[]): ScenarioStep {
  const last = stages.findIndex(({ key }) => key === path.at(-1)?.stage)
  const stage = stages[Math.min(last + 1, stages.length - 1)]?.key ?? ''
  return { stage, touchpoints: [], isOptional: false }
}
