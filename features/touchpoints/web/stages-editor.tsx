import { ActionIcon, Button, Drawer, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../web/language.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { RegistryContent, RegistryView, Stage } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'
import { useRegistryChanges } from './use-registry.ts'

const MAX_STAGES = 60

/** The steps of the path: their names and order. One with touchpoints can't go before these have another place. */
export function StagesEditor({ view, onClose }: { view: RegistryView; onClose: () => void }) {
  const { t } = useTranslation(['touchpoints', 'ui'])
  const content = view.draft?.registry ?? view.registry
  const [stages, setStages] = useState(content.stages)
  const changes = useRegistryChanges(view.version)
  const save = useAction(async () => {
    await changes.saveDraft({ stages, touchpoints: content.touchpoints })
    onClose()
  })
  const move = (from: number, to: number) => {
    const stage = stages[from]
    if (stage) setStages(stages.toSpliced(from, 1).toSpliced(to, 0, stage))
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('stagesEditor.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={classes.stack}>
        <ol className={classes.steps}>
          {stages.map((stage, index) => (
            <li key={stage.key} className={classes.stage}>
              <StageFields
                stage={stage}
                isUsed={isUsed(content, stage.key)}
                isFirst={index === 0}
                isLast={index === stages.length - 1}
                onChange={(next) => setStages(stages.with(index, next))}
                onMove={(by) => move(index, index + by)}
                onRemove={() => setStages(stages.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
        <div>
          <Button
            variant="default"
            size="xs"
            disabled={stages.length >= MAX_STAGES}
            onClick={() => setStages([...stages, makeStage(stages)])}
          >
            {t('stagesEditor.add')}
          </Button>
        </div>
        <FormError error={save.error} />
        <div className={classes.buttons}>
          <Button loading={save.isRunning} onClick={() => void save.run()}>
            {t('editor.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('editor.cancel')}
          </Button>
        </div>
      </div>
    </Drawer>
  )
}

type FieldsProps = {
  stage: Stage
  isUsed: boolean
  isFirst: boolean
  isLast: boolean
  onChange: (stage: Stage) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

function StageFields({ stage, isUsed, isFirst, isLast, onChange, onMove, onRemove }: FieldsProps) {
  const { t, i18n } = useTranslation('touchpoints')
  const words = useRegistryWords()
  const language = i18n.language.slice(0, 2) as Language
  const name = words.stage(stage)
  return (
    <>
      <TextInput
        aria-label={t('stagesEditor.nameOf', { name })}
        placeholder={words.stage({ key: stage.key, name: null })}
        maxLength={80}
        value={stage.name?.[language] ?? ''}
        onChange={(event) =>
          onChange({ ...stage, name: { ...stage.name, [language]: event.currentTarget.value } })
        }
      />
      <div>
        <ActionIcon aria-label={t('stagesEditor.up', { name })} disabled={isFirst} onClick={() => onMove(-1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('stagesEditor.down', { name })} disabled={isLast} onClick={() => onMove(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon
          color="lost"
          aria-label={t('stagesEditor.remove', { name })}
          title={isUsed ? t('stagesEditor.used') : undefined}
          disabled={isUsed}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
    </>
  )
}

function isUsed({ touchpoints }: RegistryContent, key: string): boolean {
  return touchpoints.some((one) => [one.stage, one.stageWhileOrdered, one.stageAfterReceipt].includes(key))
}

function makeStage(stages: readonly Stage[]): Stage {
  const taken = new Set(stages.map(({ key }) => key))
  let number = stages.length + 1
  while (taken.has(`stage_${number}`)) number += 1
  return { key: `stage_${number}`, name: null }
}
