import { IconArrowLeft, IconEraser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { Erasure } from '../contract.ts'

const LOOK_AGAIN_MS = 3_000

/** Who asked to be forgotten, and whether the forgetting is complete; whose data it was is not kept. */
export function ErasuresPage() {
  const { t } = useTranslation('people')
  const shop = useShop()
  const path = `/shops/${shop.id}/erasures`
  const list = useCursorList<Erasure>(path)
  useLookAgain(
    path,
    list.items.some(({ finishedAt }) => finishedAt === null),
  )
  return (
    <>
      <PageHeader
        title={t('erasures.title')}
        subtitle={t('erasures.subtitle')}
        back={
          <Link to="/s/$shop/people" params={{ shop: String(shop.id) }}>
            <IconArrowLeft size={15} stroke={1.8} /> {t('title')}
          </Link>
        }
      />
      <Section flush>
        <DataTable
          label={t('erasures.title')}
          list={list}
          columns={useColumns()}
          rowKey={({ id }) => String(id)}
          empty={
            <EmptyState icon={<IconEraser />} title={t('erasures.empty')}>
              {t('erasures.emptyWhy')}
            </EmptyState>
          }
        />
      </Section>
    </>
  )
}

/** While something is being erased, the page follows it. */
function useLookAgain(path: string, isGoing: boolean): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!isGoing) return
    const timer = setInterval(() => void queryClient.invalidateQueries({ queryKey: [path] }), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [path, isGoing, queryClient])
}

function useColumns(): Column<Erasure>[] {
  const { t } = useTranslation('people')
  return [
    {
      key: 'askedAt',
      header: t('erasures.askedAt'),
      cell: ({ askedAt }) => <DateTime at={askedAt} show="date-time" />,
    },
    { key: 'askedBy', header: t('erasures.askedBy'), cell: ({ askedBy }) => askedBy },
    {
      key: 'state',
      header: t('erasures.state'),
      cell: ({ finishedAt, problem }) => (
        <>
          {finishedAt !== null ? (
            <Badge tone="won">{t('erasures.done')}</Badge>
          ) : (
            <Badge tone="even">{t('erasures.going')}</Badge>
          )}
          {finishedAt === null && problem !== null && <div data-quiet>{t('erasures.waits')}</div>}
        </>
      ),
    },
    {
      key: 'events',
      header: t('erasures.events'),
      align: 'end',
      cell: ({ eventsErased }) =>
        eventsErased === null ? <span data-quiet>–</span> : <Num value={eventsErased} />,
    },
  ]
}
