import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { BackLink } from './back-link.tsx'
import { EXAMPLES, readExample } from './examples.ts'
import { SegmentEditor } from './segment-editor.tsx'

/** A new segment, from nothing or from one of the examples (`?start=lapsed`). */
export function NewSegmentPage() {
  const { t } = useTranslation('segments')
  const { start } = useSearch({ strict: false }) as { start?: unknown }
  const example = readExample(start)
  return (
    <>
      <PageHeader title={t('new')} back={<BackLink />} />
      <SegmentEditor
        key={example}
        name={example ? t(`examples.${example}`) : ''}
        definition={example ? EXAMPLES[example] : { all: [] }}
      />
    </>
  )
}
