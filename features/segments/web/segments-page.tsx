import { Button } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { type ListState, useCursorList } from '../../../web/use-cursor-list.ts'
import type { Segment } from '../contract.ts'
import { EXAMPLE_KEYS, EXAMPLES } from './examples.ts'
import { useSaySegment } from './say-segment.ts'
import { SegmentItem } from './segment-item.tsx'
import classes from './segments.module.css'
import { useMayWrite, useSegmentsPath } from './use-segments.ts'

/** The sets of persons that the shop has described. */
export function SegmentsPage() {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  const mayWrite = useMayWrite()
  const [q, setQ] = useState('')
  const list = useCursorList<Segment>(useSegmentsPath(), { q })
  const isEmpty = list.status === 'ready' && list.items.length === 0 && q === ''
  const add = mayWrite && (
    <Button component={Link} to="/s/$shop/segments/new" params={{ shop: String(id) } as never}>
      {t('add')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={add} />
      {isEmpty ? (
        <Section>
          <Beginning mayWrite={mayWrite} />
        </Section>
      ) : (
        <>
          <FilterBar>
            <SearchField label={t('search')} value={q} onChange={setQ} />
          </FilterBar>
          <Section>
            <Found list={list} />
          </Section>
        </>
      )}
    </>
  )
}

function Found({ list }: { list: ListState<Segment> }) {
  const { t } = useTranslation('segments')
  const { t: tUi } = useTranslation('ui')
  if (list.status === 'failed') return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.status === 'loading') return <div aria-busy="true" style={{ minHeight: 160 }} />
  if (list.items.length === 0)
    return (
      <EmptyState icon={<IconFilter />} title={t('found.none')}>
        {t('found.why')}
      </EmptyState>
    )
  return (
    <>
      <ul className={classes.list} aria-label={t('title')}>
        {list.items.map((segment) => (
          <SegmentItem key={segment.id} segment={segment} />
        ))}
      </ul>
      <FormError error={list.moreError} />
      {list.hasMore && (
        <Button variant="default" size="sm" loading={list.isLoadingMore} onClick={list.loadMore}>
          {tUi('table.more')}
        </Button>
      )}
    </>
  )
}

/** Nothing yet: three sets that most shops want, each a click away. */
function Beginning({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  const say = useSaySegment()
  return (
    <EmptyState
      icon={<IconFilter />}
      title={t('empty.title')}
      action={
        mayWrite && (
          <div className={classes.cards}>
            {EXAMPLE_KEYS.map((key) => (
              <Link
                key={key}
                to="/s/$shop/segments/new"
                params={{ shop: String(id) }}
                search={{ start: key }}
                className={classes.example}
              >
                <strong>{t(`examples.${key}`)}</strong>
                <span>{say.segment(EXAMPLES[key])}</span>
              </Link>
            ))}
          </div>
        )
      }
    >
      {t('empty.why')}
    </EmptyState>
  )
}
