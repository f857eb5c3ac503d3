import { Button, Select } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { ApiError } from '../../api-error.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DateTime } from '../../ui/date-time.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Money, Num, Percent } from '../../ui/numbers.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Section } from '../../ui/section.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { type ListState, wholeList } from '../../use-cursor-list.ts'
import type { Samples } from './samples.ts'
import classes from './ui-gallery.module.css'

type Person = { id: string; name: string; orders: number; bought: number; sum: number; seenAt: number }

const person = (name: string, index: number): Person => ({
  id: String(index),
  name,
  orders: 12 - index * 5,
  bought: index === 1 ? 0.58 : 0.93,
  sum: 2480000 - index * 1120050,
  seenAt: Date.now() - (index * 31 + 1) * 3_600_000,
})

const columnsIn = (words: Samples): Column<Person>[] => [
  { key: 'name', header: words.columns.name, cell: ({ name }) => name, width: '30%' },
  {
    key: 'state',
    header: words.columns.bought,
    cell: ({ bought }) => <Badge tone={bought > 0.8 ? 'won' : 'lost'}>{<Percent value={bought} />}</Badge>,
  },
  { key: 'orders', header: words.columns.orders, cell: ({ orders }) => <Num value={orders} />, align: 'end' },
  {
    key: 'sum',
    header: words.columns.sum,
    cell: ({ sum }) => <Money amount={sum} currency="UAH" exact />,
    align: 'end',
  },
  { key: 'seen', header: words.columns.seen, cell: ({ seenAt }) => <DateTime at={seenAt} />, align: 'end' },
]

export function ListParts({ words }: { words: Samples }) {
  const people = wholeList(words.people.map(person))
  const empty = (
    <EmptyState
      icon={<IconUsers size={22} />}
      title={words.empty}
      action={<Button variant="default">{words.emptyAct}</Button>}
    >
      {words.emptyWhy}
    </EmptyState>
  )
  const states: ListState<Person>[] = [
    { ...people, hasMore: true },
    { ...people, items: [], status: 'loading' },
  ]
  const absent: ListState<Person>[] = [
    { ...people, items: [] },
    { ...people, items: [], status: 'failed', error: new ApiError('store_away', 'PostgreSQL is away.') },
  ]
  const table = (list: ListState<Person>, index: number) => (
    <Section key={index} flush>
      <DataTable
        label={`${words.peopleLabel} ${index + 1}`}
        columns={columnsIn(words)}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/s/$shop/people/$person', params: { shop: '1', person: id } })}
        empty={empty}
      />
    </Section>
  )
  return (
    <>
      <Filters words={words} />
      <Tabs
        label={words.title}
        tabs={words.tabs.map((label, index) => ({
          label,
          link: index === 0 ? { to: '/ui' } : { to: '/sign-in' },
        }))}
      />
      {states.map(table)}
      <div className={classes.pair}>{absent.map((list, index) => table(list, index + states.length))}</div>
    </>
  )
}

function Filters({ words }: { words: Samples }) {
  const [search, setSearch] = useState('')
  const [state, setState] = useState<string | null>(words.badges.lost)
  return (
    <FilterBar active={(search ? 1 : 0) + (state ? 1 : 0)} onReset={() => setState(null)}>
      <SearchField label={words.search} value={search} onChange={setSearch} />
      <Select
        aria-label={words.columns.bought}
        data={Object.values(words.badges)}
        value={state}
        onChange={setState}
      />
    </FilterBar>
  )
}
