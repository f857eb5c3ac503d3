import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useId, useState } from 'react'
import { formatBytes, useLocale } from '../format.ts'
import { useTranslation } from '../use-translation.ts'
import { listDroppedFiles } from './dropped-files.ts'
import classes from './file-drop.module.css'
import { findRefusal } from './file-refusal.ts'

export type FileDropProps = {
  label: string
  /** Which files fit and what happens with them. */
  hint?: string
  /** Name endings with the dot: `['.csv', '.ndjson']`. */
  accept: readonly string[]
  maxBytes?: number
  /** Several files at once, also a folder of them; `onFile` is then called for each. */
  multiple?: boolean
  onFile: (file: File) => void
}

/** A place for a file: drop it, click, or press Enter. A file that doesn't fit is refused with the reason. */
export function FileDrop({ label, hint, accept, maxBytes, multiple = false, onFile }: FileDropProps) {
  const { t } = useTranslation('ui')
  const locale = useLocale()
  const id = useId()
  const [isOver, setOver] = useState(false)
  const [refusals, setRefusals] = useState<string[]>([])

  function take(files: readonly File[]) {
    const chosen = multiple ? files : files.slice(0, 1)
    setRefusals(chosen.flatMap((file) => refuse(file) ?? []))
    for (const file of chosen) if (!findRefusal(file, accept, maxBytes)) onFile(file)
  }
  function refuse(file: File): string | undefined {
    const reason = findRefusal(file, accept, maxBytes)
    const words = { file: file.name, accept: accept.join(', '), limit: formatBytes(maxBytes ?? 0, locale) }
    return reason && t(`file.${reason}`, words)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void listDroppedFiles(event.dataTransfer).then(take)
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
          multiple={multiple}
          accept={accept.join(',')}
          aria-describedby={refusals.length > 0 ? `${id}-refusal` : undefined}
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])])
            // The same file chosen again, mended meanwhile, must count as a choice.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <div id={`${id}-refusal`} role="alert" className={classes.refusal}>
        {refusals.map((refusal) => (
          <div key={refusal}>{refusal}</div>
        ))}
      </div>
    </div>
  )
}
