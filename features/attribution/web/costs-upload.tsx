import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FileDrop } from '../../../web/ui/file-drop.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { uploadFile } from '../../../web/upload-file.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser } from '../../reports/web/parts.ts'
import type { CostImport, CostImportQuestion } from '../contract.ts'
import classes from './attribution.module.css'
import { CostsFound } from './costs-found.tsx'
import { useCostsChanged } from './use-attribution.ts'

type How = Omit<CostImportQuestion, 'name' | 'save'>

/** A file of costs: looked at first, kept when the owner has seen what is in it. */
export function CostsUpload({ close }: { close: () => void }) {
  const { t } = useTranslation('attribution')
  const { id } = useShop()
  const changed = useCostsChanged()
  const [file, setFile] = useState<File>()
  const [how, setHow] = useState<How>({})
  const [found, setFound] = useState<CostImport>()
  const look = useAction(async (chosen: File, asked: How) => {
    setFile(chosen)
    setHow(asked)
    setFound(undefined)
    setFound(await uploadFile<CostImport>(`/shops/${id}/ad-costs`, chosen, { query: asked }))
  })
  const save = useAction(async () => {
    if (!file) return
    const query = { ...how, save: true }
    const saved = await uploadFile<CostImport>(`/shops/${id}/ad-costs`, file, { query })
    notifyDone(t('costs.saved', { count: saved.entries }))
    await changed()
    close()
  })
  return (
    <div className={classes.upload} aria-busy={look.isRunning}>
      {!file && (
        <FileDrop
          label={t('costs.drop.label')}
          hint={t('costs.drop.hint')}
          accept={['.csv', '.tsv', '.txt', '.gz']}
          maxBytes={16_000_000}
          onFile={(chosen) => void look.run(chosen, {})}
        />
      )}
      <FormError error={look.error ?? save.error} />
      {file && found && (
        <>
          <CostsFound found={found} name={file.name} />
          <Doubts found={found} how={how} change={(part) => void look.run(file, { ...how, ...part })} />
        </>
      )}
      {file && (
        <div className={classes.fields}>
          {found && (
            <Button
              loading={save.isRunning}
              disabled={found.problems.length > 0}
              onClick={() => void save.run()}
            >
              {t('costs.keep', { count: found.entries })}
            </Button>
          )}
          <Button variant="default" onClick={() => setFile(undefined)}>
            {t('costs.another')}
          </Button>
        </div>
      )}
    </div>
  )
}

type DoubtsProps = { found: CostImport; how: How; change: (part: How) => void }

/** What the file leaves open: where the clicks came from, and how its days and amounts are meant. */
function Doubts({ found, how, change }: DoubtsProps) {
  const { t } = useTranslation('attribution')
  const { problems } = found
  const isOpen = (problem: CostImport['problems'][number], field: keyof How) =>
    problems.includes(problem) || how[field] !== undefined
  const hasSource = found.columns.some(({ field }) => field === 'source' || field === 'channel')
  return (
    <div className={classes.fields}>
      {!hasSource && (
        <Tag label={t('costs.source')} value={how.source} keep={(source) => change({ source })} />
      )}
      {!hasSource && (
        <Tag label={t('costs.medium')} value={how.medium} keep={(medium) => change({ medium })} />
      )}
      {isOpen('ambiguous_days', 'dateOrder') && (
        <Chooser
          label={t('costs.dateOrder.label')}
          value={how.dateOrder ?? ''}
          data={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`costs.dateOrder.${value}`) }))}
          onChoose={(value) => change({ dateOrder: value === 'mdy' ? 'mdy' : 'dmy' })}
        />
      )}
      {isOpen('ambiguous_amounts', 'decimal') && (
        <Chooser
          label={t('costs.decimal.label')}
          value={how.decimal ?? ''}
          data={[
            { value: '.', label: t('costs.decimal.point') },
            { value: ',', label: t('costs.decimal.comma') },
          ]}
          onChoose={(value) => change({ decimal: value === ',' ? ',' : '.' })}
        />
      )}
    </div>
  )
}

/** Asked again when the field is left, not with every letter. */
function Tag({
  label,
  value,
  keep,
}: {
  label: string
  value?: string
  keep: (text: string | undefined) => void
}) {
  const [text, setText] = useState(value ?? '')
  return (
    <TextInput
      size="sm"
      label={label}
      value={text}
      maxLength={255}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text.trim() !== (value ?? '') && keep(text.trim() || undefined)}
    />
  )
}
