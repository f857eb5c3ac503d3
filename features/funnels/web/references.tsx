import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { ReferenceFigure, ReferenceFigures } from '../contract.ts'
import classes from './funnel.module.css'
import { useSayReference } from './funnel-leaving.tsx'
import { useMayWrite, useReferences, useReferencesPath } from './use-funnel.ts'

const ABOUT = ['left_without_buying', 'left_in_cart'] as const

/** What others say, with its source: for reference, never a target. */
export function References() {
  const { t } = useTranslation('funnels')
  const mayWrite = useMayWrite()
  const say = useSayReference()
  const [isOpen, setOpen] = useState(false)
  const references = useReferences()
  const items = references.data?.items
  const edit = mayWrite && items && !isOpen && (
    <Button variant="default" size="sm" onClick={() => setOpen(true)}>
      {t('reference.edit')}
    </Button>
  )
  return (
    <Section title={t('reference.title')} hint={t('reference.hint')} actions={edit}>
      {references.isError && (
        <ErrorState error={references.error} onRetry={() => void references.refetch()} />
      )}
      {items && isOpen && <Editor given={items} close={() => setOpen(false)} />}
      {items && !isOpen && (
        <ul>
          {items.map((figure) => (
            <li key={JSON.stringify(figure)}>
              {t(`about.${figure.about}`)}: {say(figure)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Editor({ given, close }: { given: ReferenceFigure[]; close: () => void }) {
  const { t } = useTranslation('funnels')
  const path = useReferencesPath()
  const client = useQueryClient()
  const [figures, setFigures] = useState(given)
  const { run, isRunning, error } = useAction(async () => {
    const saved = await api.put<ReferenceFigures>(path, { body: { items: figures } })
    client.setQueryData([path], saved)
    notifyDone(t('reference.saved'))
    close()
  })
  const empty: ReferenceFigure = { about: 'left_in_cart', share: 0.7, source: '', date: null }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <FigureList figures={figures} setFigures={setFigures} />
      <FormError error={error} />
      <div className={classes.row}>
        {figures.length < 20 && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setFigures([...figures, empty])}
          >
            {t('reference.add')}
          </Button>
        )}
        <Button type="submit" loading={isRunning}>
          {t('reference.save')}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('reference.cancel')}
        </Button>
      </div>
    </form>
  )
}

type ListProps = { figures: ReferenceFigure[]; setFigures: (figures: ReferenceFigure[]) => void }

function FigureList({ figures, setFigures }: ListProps) {
  return (
    <ul className={classes.editor}>
      {figures.map((figure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: figures have no names of their own
        <li key={index}>
          <Fields
            figure={figure}
            onChange={(next) => setFigures(figures.with(index, next))}
            remove={() => setFigures(figures.toSpliced(index, 1))}
          />
        </li>
      ))}
    </ul>
  )
}

interface FieldsProps {
  figure: ReferenceFigure
  onChange: (figure: ReferenceFigure) => void
  remove: () => void
}

function Fields({ figure, onChange, remove }: FieldsProps) {
  const { t } = useTranslation('funnels')
  return (
    <>
      <Select
        label={t('reference.about')}
        data={ABOUT.map((one) => ({ value: one, label: t(`about.${one}`) }))}
        value={figure.about}
        allowDeselect={false}
        onChange={(next) => next !== null && onChange({ ...figure, about: next as ReferenceFigure['about'] })}
      />
      <TextInput
        label={t('reference.source')}
        description={t('reference.sourceHint')}
        maxLength={300}
        value={figure.source}
        onChange={(event) => onChange({ ...figure, source: event.currentTarget.value.trimStart() })}
      />
      <NumberInput
        label={t('reference.share')}
        min={0}
        max={100}
        clampBehavior="strict"
        decimalScale={1}
        suffix=" %"
        value={Math.round(figure.share * 1000) / 10}
        onChange={(next) => typeof next === 'number' && onChange({ ...figure, share: next / 100 })}
      />
      <div className={classes.row}>
        <TextInput
          type="date"
          label={t('reference.date')}
          value={figure.date ?? ''}
          onChange={(event) => onChange({ ...figure, date: event.currentTarget.value || null })}
        />
        <ActionIcon variant="subtle" color="lost" aria-label={t('reference.remove')} onClick={remove}>
          <IconTrash size={17} stroke={1.7} />
        </ActionIcon>
      </div>
    </>
  )
}
