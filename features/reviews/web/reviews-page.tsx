import { Button, Select, Skeleton } from '@mantine/core'
import { IconCsv, IconListCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Review, ReviewList } from '../contract.ts'
import { DUES } from '../vocabulary.ts'
import { CheckDialog } from './check-dialog.tsx'
import { CheckNotice } from './check-notice.tsx'
import { ReviewDialog, useMembers } from './review-dialog.tsx'
import { ReviewRow } from './review-row.tsx'
import classes from './reviews.module.css'
import { saveCsv, writeReviewsCsv } from './save-csv.ts'
import {
  filterReviews,
  type Names,
  type ReviewFilter,
  useCheckChanges,
  useNames,
  useReviews,
} from './use-reviews.ts'

const EVERYTHING: ReviewFilter = { q: '', stage: null, owner: null, due: null }

/** Every touchpoint with its regular check, the most pressing first. */
export function ReviewsPage() {
  const { t } = useTranslation('reviews')
  const query = useReviews()
  const names = useNames()
  const [filter, setFilter] = useState(EVERYTHING)
  const found = filterReviews(query.data?.items ?? [], filter, names)
  const save = (
    <Button
      variant="default"
      leftSection={<IconCsv size={17} stroke={1.7} />}
      disabled={found.length === 0}
      onClick={() => saveCsv(writeReviewsCsv(found, names, t), 'reviews')}
    >
      {t('save')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={save} />
      {query.error && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <>
          <Summary answer={query.data} />
          <Filters filter={filter} change={setFilter} names={names} />
          <Groups answer={query.data} items={found} names={names} />
        </>
      ) : (
        <Skeleton height={420} radius="md" aria-busy="true" />
      )}
    </>
  )
}

/** What is pressing, in one sentence. */
function Summary({ answer }: { answer: ReviewList }) {
  const { t } = useTranslation('reviews')
  const count = (due: string) => answer.items.filter((one) => one.due === due).length
  const [overdue, week, first] = [count('overdue'), count('week'), count('first')]
  const parts = [
    ...(overdue > 0 ? [t('summary.overdue', { count: overdue })] : []),
    ...(week > 0 ? [t('summary.week', { count: week })] : []),
    ...(overdue + week === 0 && first > 0 ? [t('summary.first', { count: first })] : []),
  ]
  return <p className={classes.summary}>{parts.length > 0 ? parts.join(' ') : t('summary.nothing')}</p>
}

type FiltersProps = { filter: ReviewFilter; change: (filter: ReviewFilter) => void; names: Names }

function Filters({ filter, change, names }: FiltersProps) {
  const { t } = useTranslation('reviews')
  const members = useMembers()
  const active = [filter.stage, filter.owner, filter.due].filter((one) => one !== null).length
  return (
    <FilterBar active={active} onReset={() => change({ ...EVERYTHING, q: filter.q })}>
      <SearchField label={t('filter.search')} value={filter.q} onChange={(q) => change({ ...filter, q })} />
      <Select
        size="sm"
        aria-label={t('filter.stage')}
        placeholder={t('filter.stage')}
        data={names.stages}
        value={filter.stage}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        onChange={(stage) => change({ ...filter, stage })}
      />
      <Select
        size="sm"
        aria-label={t('filter.owner')}
        placeholder={t('filter.owner')}
        data={[...members, { value: 'nobody', label: t('noOwner') }]}
        value={filter.owner}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        onChange={(owner) => change({ ...filter, owner })}
      />
      <Select
        size="sm"
        aria-label={t('filter.due')}
        placeholder={t('filter.due')}
        data={DUES.map((value) => ({ value, label: t(`group.${value}`) }))}
        value={filter.due}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        onChange={(due) => change({ ...filter, due })}
      />
    </FilterBar>
  )
}

type GroupsProps = { answer: ReviewList; items: readonly Review[]; names: Names }

function Groups({ answer, items, names }: GroupsProps) {
  const { t } = useTranslation('reviews')
  const changes = useCheckChanges()
  const [checking, setChecking] = useState<Review>()
  const [openedKey, setOpened] = useState<string>()
  // As it is by now: what is done in the dialog changes it.
  const opened = answer.items.find(({ touchpoint }) => touchpoint === openedKey)
  const nameOf = (one: Review | undefined) => (one ? names.touchpoint(one.touchpoint) : '')
  return (
    <>
      {!opened && <CheckNotice changes={changes} name={names.touchpoint} />}
      {items.length === 0 && (
        <Section>
          <EmptyState icon={<IconListCheck />} title={t('empty')}>
            {t('emptyWhy')}
          </EmptyState>
        </Section>
      )}
      {DUES.map((due) => {
        const here = items.filter((one) => one.due === due)
        if (here.length === 0) return null
        return (
          <Section key={due} title={t(`group.${due}`)} hint={t(`groupWhy.${due}`)}>
            <ol className={classes.list} aria-label={t(`group.${due}`)}>
              {here.map((review) => (
                <ReviewRow
                  key={review.touchpoint}
                  review={review}
                  days={answer.days}
                  names={names}
                  onCheck={() => setChecking(review)}
                  onOpen={() => setOpened(review.touchpoint)}
                />
              ))}
            </ol>
          </Section>
        )
      })}
      <CheckDialog
        review={checking}
        name={nameOf(checking)}
        close={() => setChecking(undefined)}
        onMade={changes.noteMade}
      />
      <ReviewDialog
        review={opened}
        name={nameOf(opened)}
        close={() => setOpened(undefined)}
        changes={changes}
      />
    </>
  )
}
