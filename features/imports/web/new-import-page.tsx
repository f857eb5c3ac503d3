import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { formatBytes, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FileDrop } from '../../../web/ui/file-drop.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { ImportLimits, ImportPreview } from '../contract.ts'
import { FileSample } from './file-sample.tsx'
import { importPaths } from './imports-api.ts'
import { MappingSection } from './mapping-section.tsx'
import classes from './new-import.module.css'
import { PresetChoice } from './preset-choice.tsx'
import { ReadingChoices } from './reading-choices.tsx'
import { RowSample } from './row-sample.tsx'
import { StartBar } from './start-bar.tsx'
import { StatusSection } from './status-section.tsx'
import { UploadList } from './upload-list.tsx'
import { type Preview, usePreview } from './use-preview.ts'
import { useUploads } from './use-uploads.ts'

const ENDINGS = ['.csv', '.tsv', '.txt', '.ndjson', '.jsonl', '.gz', '.zip']

/** From a file to an import: choose it, see how it is understood, correct that, start. All on one page. */
export function NewImportPage() {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const uploads = useUploads(importPaths(shop.id).files)
  const reading = usePreview(shop.id, uploads.sent)
  return (
    <>
      <PageHeader
        title={t('new.title')}
        subtitle={t('new.subtitle')}
        back={
          <Link to="/s/$shop/imports" params={{ shop: String(shop.id) }}>
            <IconArrowLeft size={15} stroke={1.8} /> {t('title')}
          </Link>
        }
      />
      <Section title={t('files.title')} hint={t('files.hint')}>
        <FilePlace shop={shop.id} onFile={uploads.add} />
        <UploadList uploads={uploads} />
      </Section>
      {reading.error !== null && (
        <Section>
          <ErrorState error={reading.error} title={t('new.unreadable')} onRetry={reading.retry} />
        </Section>
      )}
      {uploads.sent && reading.isAsking && !reading.preview && (
        <div className={classes.loading} role="status">
          {t('new.reading')}
        </div>
      )}
      {uploads.sent && reading.preview && reading.error === null && (
        <Understanding reading={reading} preview={reading.preview} files={uploads.sent} />
      )}
    </>
  )
}

function FilePlace({ shop, onFile }: { shop: number; onFile: (file: File) => void }) {
  const { t } = useTranslation('imports')
  const locale = useLocale()
  const limits = useQuery({
    queryKey: ['import-limits', shop],
    queryFn: ({ signal }) => api.get<ImportLimits>(importPaths(shop).limits, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const maxBytes = limits.data?.maxBytes
  return (
    <FileDrop
      label={t('files.drop')}
      hint={
        maxBytes === undefined
          ? t('files.kinds')
          : `${t('files.kinds')} ${t('files.limit', { limit: formatBytes(maxBytes, locale) })}`
      }
      accept={ENDINGS}
      maxBytes={maxBytes}
      multiple
      onFile={onFile}
    />
  )
}

type UnderstandingProps = { reading: Preview; preview: ImportPreview; files: string[] }

/** How the files are understood, and everything about it that can be corrected. */
function Understanding({ reading, preview, files }: UnderstandingProps) {
  const { mapping } = reading
  return (
    <>
      <PresetChoice preview={preview} onChange={reading.choosePreset} />
      {mapping && <FileSample preview={preview} mapping={mapping} />}
      <div className={classes.columns}>
        <div className={classes.beside}>
          <RowSample preview={preview} isOutdated={reading.isOutdated} />
        </div>
        <div className={classes.main}>
          {mapping && <ReadingChoices reading={reading} preview={preview} mapping={mapping} />}
          {mapping && <MappingSection preview={preview} mapping={mapping} onChange={reading.changeMapping} />}
          {mapping && preview.states.length > 0 && (
            <StatusSection preview={preview} mapping={mapping} onChange={reading.changeMapping} />
          )}
          {!mapping && <KnownFiles preview={preview} />}
        </div>
      </div>
      <StartBar reading={reading} preview={preview} files={files} />
    </>
  )
}

/** A known data set: only which of its files have come. */
function KnownFiles({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation('imports')
  const locale = useLocale()
  return (
    <Section title={t('mapping.notNeeded')} hint={t('mapping.notNeededWhy')}>
      <ul className={classes.known}>
        {preview.files.map(({ id, name, bytes }) => (
          <li key={id}>
            {name} <small data-quiet>{formatBytes(bytes, locale)}</small>
          </li>
        ))}
      </ul>
    </Section>
  )
}
