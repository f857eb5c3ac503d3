import { ActionIcon, Button } from '@mantine/core'
import { IconFileCheck, IconFileText, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatBytes, useLocale } from '../../../web/format.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import classes from './new-import.module.css'
import type { Upload, Uploads } from './use-uploads.ts'

/** The chosen files and how far each has come. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useTranslation('imports')
  if (uploads.items.length === 0) return null
  return (
    <ul className={classes.files} aria-label={t('files.chosen')}>
      {uploads.items.map((upload) => (
        <li key={upload.key} className={classes.file}>
          <File upload={upload} retry={() => uploads.retry(upload.key)} />
          <ActionIcon
            aria-label={t('files.remove', { file: upload.name })}
            onClick={() => uploads.remove(upload.key)}
          >
            <IconX size={17} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}

function File({ upload, retry }: { upload: Upload; retry: () => void }) {
  const { t } = useTranslation('imports')
  const locale = useLocale()
  const { name, bytes, state, share, error } = upload
  const Icon = state === 'sent' ? IconFileCheck : IconFileText
  return (
    <>
      <Icon
        size={20}
        stroke={1.6}
        aria-hidden="true"
        className={classes.fileIcon}
        data-sent={state === 'sent'}
      />
      <div className={classes.fileWords}>
        <div>
          <span className={classes.fileName}>{name}</span>{' '}
          <small data-quiet className="num">
            {formatBytes(bytes, locale)}
          </small>
        </div>
        {(state === 'sending' || state === 'waiting') && (
          <ProgressBar label={t('files.sending', { file: name })} text={t(`files.${state}`)} value={share} />
        )}
        {state === 'failed' && (
          <>
            <FormError error={error} />
            <Button size="xs" variant="default" onClick={retry}>
              {t('files.again')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}
