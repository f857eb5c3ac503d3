import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes, useLocale } from '../format.ts'
import classes from './file-drop.module.css'
import { findRefusal } from './file-refusal.ts'

export type FileDropProps = {
  label: string
  /** Which files fit and what happens with them. */
  hint?: string
  /** Name endings with the dot: `['.csv', '.ndjson']`. */
  accept: readonly string[]
  maxBytes?: number
  onFile: (file: File) => void
}

/** A place for one file: drop it, click, or press Enter. A file that doesn't fit is refused with the reason. */
export function FileDrop({ label, hint, accept, maxBytes, onFile }: FileDropProps) {
  const { t } = useTranslation('ui')
  const locale = useLocale()
  const id = useId()
  const [isOver, setOver] = useState(false)
  const [refusal, setRefusal] = useState<string>()

  function take(file: File | undefined) {
    if (!file) return
    const reason = findRefusal(file, accept, maxBytes)
    const words = { file: file.name, accept: accept.join(', '), limit: formatBytes(maxBytes ?? 0, locale) }
    setRefusal(reason && t(`file.${reason}`, words))
    if (!reason) onFile(file)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div>
      <label
        htmlFor={id}
        className={classes.place}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconUpload size={26} stroke={1.5} />
        <span className={classes.label}>{label}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
        <input
          id={id}
          type="file"
          className="only-spoken"
          accept={accept.join(',')}
          aria-describedby={refusal ? `${id}-refusal` : undefined}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // The same file chosen again, mended meanwhile, must count as a choice.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <div id={`${id}-refusal`} role="alert" className={classes.refusal}>
        {refusal}
      </div>
    </div>
  )
}
