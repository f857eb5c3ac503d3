import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Tabs } from '../../../web/ui/tabs.tsx'
import { BackLink } from './back-link.tsx'
import { MapLink } from './map-link.tsx'
import { SegmentEditor } from './segment-editor.tsx'
import { useSegment } from './use-segments.ts'

/** One segment: what it means, and changing it. */
export function SegmentPage() {
  const { t } = useTranslation('segments')
  const { segment: id = '' } = useParams({ strict: false }) as { segment?: string }
  const { data, error, isError, refetch } = useSegment(id)
  return (
    <>
      <PageHeader
        title={data?.name ?? t('one')}
        back={<BackLink />}
        actions={data && <MapLink segment={id} />}
      />
      <SegmentTabs segment={id} />
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <div aria-busy="true" style={{ minHeight: 240 }} />}
      {data && (
        <SegmentEditor
          key={`${data.id}.${data.version}`}
          segment={data}
          name={data.name}
          definition={data.definition}
        />
      )}
    </>
  )
}

export function SegmentTabs({ segment }: { segment: string }) {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  const params = { shop: String(id), segment }
  return (
    <Tabs
      label={t('tabs.label')}
      tabs={[
        { label: t('tabs.conditions'), link: { to: '/s/$shop/segments/$segment', params } as never },
        { label: t('tabs.people'), link: { to: '/s/$shop/segments/$segment/people', params } as never },
      ]}
    />
  )
}
