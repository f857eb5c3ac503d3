import { Button, SegmentedControl } from '@mantine/core'
import { IconDownload, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { WaysToBegin } from '../../guide/web/parts.tsx'
import type { PeopleFilter, PersonListItem, SuggestionList } from '../contract.ts'
import classes from './people-page.module.css'
import { usePersonLabel } from './person-label.ts'
import { PersonName } from './person-name.tsx'

/** Everybody the shop has met, the latest first; the search finds by whatever a customer is known by. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const shop = useShop()
  const { filter, change } = usePeopleFilter()
  const list = useCursorList<PersonListItem>(`/shops/${shop.id}/people`, filter)
  const isNarrowed = filter.q !== undefined || filter.known !== undefined
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<Actions filter={filter} />} />
      <FilterBar>
        <SearchField
          label={t('search')}
          value={filter.q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <KnownSwitch known={filter.known} onChange={(known) => change({ known })} />
      </FilterBar>
      <Section flush>
        <DataTable
          label={t('title')}
          list={list}
          columns={useColumns()}
          rowKey={(person) => person.id}
          rowLink={(person) => ({
            to: '/s/$shop/people/$person',
            params: { shop: String(shop.id), person: person.id },
          })}
          empty={isNarrowed ? <NobodyFound /> : <NobodyYet />}
        />
      </Section>
    </>
  )
}

const knownChoices = ['all', 'known', 'anonymous'] as const

function KnownSwitch({
  known,
  onChange,
}: {
  known: PeopleFilter['known']
  onChange: (known: PeopleFilter['known']) => void
}) {
  const { t } = useTranslation('people')
  return (
    <SegmentedControl
      aria-label={t('known.label')}
      className={classes.known}
      value={known ?? 'all'}
      data={knownChoices.map((value) => ({ value, label: t(`known.${value}`) }))}
      onChange={(value) => onChange(value === 'all' ? undefined : (value as PeopleFilter['known']))}
    />
  )
}

/** The search lives in the address, so that it can be sent to a colleague and survives the way back. */
function usePeopleFilter() {
  const navigate = useNavigate()
  const raw = useSearch({ strict: false }) as Record<string, unknown>
  const filter: PeopleFilter = {
    // A phone number in the address is read as a number.
    q: typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q) : undefined,
    known: raw.known === 'known' || raw.known === 'anonymous' ? raw.known : undefined,
  }
  const change = (part: PeopleFilter) => {
    const search = Object.fromEntries(
      Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined),
    )
    void navigate({ to: '.', search: search as never, replace: true, resetScroll: false })
  }
  return { filter, change }
}

function Actions({ filter }: { filter: PeopleFilter }) {
  const { t } = useTranslation('people')
  const shop = useShop()
  const params = { shop: String(shop.id) }
  const suggestions = useQuery({
    queryKey: ['merge-suggestions', shop.id, 'any'],
    queryFn: ({ signal }) =>
      api.get<SuggestionList>(`/shops/${shop.id}/merge-suggestions`, { query: { limit: 1 }, signal }),
  })
  return (
    <>
      {shop.role === 'owner' && (
        <Button component={Link} to="/s/$shop/people/erased" params={params as never} variant="subtle">
          {t('erasures.link')}
        </Button>
      )}
      {(suggestions.data?.items.length ?? 0) > 0 && (
        <Button component={Link} to="/s/$shop/people/suggestions" params={params as never} variant="light">
          {t('suggestions.open')}
        </Button>
      )}
      {(shop.role === 'owner' || shop.role === 'marketer') && (
        <Button
          component="a"
          href={apiUrl(`/shops/${shop.id}/people.csv`, filter)}
          download
          variant="default"
          leftSection={<IconDownload size={17} stroke={1.7} />}
        >
          {t('export')}
        </Button>
      )}
    </>
  )
}

function useColumns(): Column<PersonListItem>[] {
  const { t } = useTranslation('people')
  const labelOf = usePersonLabel()
  const quiet = <span data-quiet>–</span>
  return [
    {
      key: 'person',
      header: t('column.person'),
      cell: (person) => <PersonName person={person} label={labelOf(person)} />,
    },
    {
      key: 'lastSeen',
      header: t('column.lastSeen'),
      cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} />,
    },
    {
      key: 'firstChannel',
      header: t('column.firstChannel'),
      cell: ({ firstChannel }) => (firstChannel ? <ChannelBadge channel={firstChannel} /> : quiet),
    },
    {
      key: 'orders',
      header: t('column.orders'),
      align: 'end',
      cell: ({ orders }) => (orders.orders > 0 ? <Num value={orders.orders} /> : quiet),
    },
    {
      key: 'boughtOut',
      header: t('column.boughtOut'),
      align: 'end',
      cell: ({ orders }) => (orders.ended > 0 ? t('outOf', { k: orders.boughtOut, n: orders.ended }) : quiet),
    },
  ]
}

function NobodyFound() {
  const { t } = useTranslation('people')
  return (
    <EmptyState icon={<IconUsers />} title={t('found.none')}>
      {t('found.why')}
    </EmptyState>
  )
}

function NobodyYet() {
  const { t } = useTranslation('people')
  return (
    <EmptyState
      icon={<IconUsers />}
      title={t('empty.title')}
      action={<WaysToBegin importLabel={t('empty.action')} />}
    >
      {t('empty.why')}
    </EmptyState>
  )
}
