import { Button } from '@mantine/core'
import { IconDownload, IconUsers } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { SegmentPerson } from '../contract.ts'
import { BackLink } from './back-link.tsx'
import { MapLink } from './map-link.tsx'
import { useSaySegment } from './say-segment.ts'
import { SegmentTabs } from './segment-page.tsx'
import { useMayWrite, useSegment, useSegmentsPath } from './use-segments.ts'

/** Who belongs to a segment now, the one seen last first. */
export function SegmentPeoplePage() {
  const { t } = useTranslation('segments')
  const shop = useShop()
  const path = useSegmentsPath()
  const mayTake = useMayWrite()
  const say = useSaySegment()
  const { segment = '' } = useParams({ strict: false }) as { segment?: string }
  const { data } = useSegment(segment)
  const list = useCursorList<SegmentPerson>(`${path}/${segment}/persons`)
  const take = mayTake && (
    <Button
      component="a"
      href={apiUrl(`${path}/${segment}/persons.csv`)}
      download
      variant="default"
      leftSection={<IconDownload size={17} stroke={1.7} />}
    >
      {t('people.export')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={data?.name ?? t('one')}
        subtitle={data && say.segment(data.definition)}
        back={<BackLink />}
        actions={
          data && (
            <>
              {take}
              <MapLink segment={segment} />
            </>
          )
        }
      />
      <SegmentTabs segment={segment} />
      <Section flush>
        <DataTable
          label={t('tabs.people')}
          list={list}
          columns={useColumns()}
          rowKey={({ id }) => id}
          rowLink={({ id }) => ({
            to: '/s/$shop/people/$person',
            params: { shop: String(shop.id), person: id },
          })}
          empty={
            <EmptyState icon={<IconUsers />} title={t('people.none')}>
              {t('people.noneWhy')}
            </EmptyState>
          }
        />
      </Section>
    </>
  )
}

function useColumns(): Column<SegmentPerson>[] {
  const { t } = useTranslation('segments')
  return [
    {
      key: 'person',
      header: t('people.person'),
      cell: ({ id, label }) =>
        label || <span data-quiet>{t('people.visitor', { code: id.slice(0, 4) })}</span>,
    },
    {
      key: 'contacts',
      header: t('people.contacts'),
      cell: ({ label, email, phone }) =>
        [email, phone].filter((one) => one !== '' && one !== label).join(' · ') || <span data-quiet>–</span>,
    },
    { key: 'first', header: t('people.first'), cell: ({ firstSeenAt }) => <DateTime at={firstSeenAt} /> },
    { key: 'last', header: t('people.last'), cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} /> },
  ]
}
