import { Select } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { AuditChoices, AuditEntry } from '../contract.ts'
import { useAuditWords } from './audit-words.ts'
import forms from './forms.module.css'

/** Who changed what, the newest first. */
export function AuditPage() {
  const { t } = useTranslation('accounts')
  const { id } = useShop()
  const path = `/shops/${id}/audit`
  const [filter, setFilter] = useState<{ actor: string | null; action: string | null }>({
    actor: null,
    action: null,
  })
  const list = useCursorList<AuditEntry>(path, filter)
  const words = useAuditWords()
  const active = Object.values(filter).filter((value) => value !== null).length
  return (
    <Section title={t('audit.title')} hint={t('audit.hint')} flush>
      <div className={forms.above}>
        <Filters path={path} filter={filter} onChange={setFilter} active={active} />
      </div>
      <DataTable
        label={t('audit.title')}
        list={list}
        columns={listColumns(words)}
        rowKey={(entry) => String(entry.id)}
        empty={
          <EmptyState
            icon={<IconHistory size={22} />}
            title={t(active > 0 ? 'audit.nothing' : 'audit.empty')}
          >
            {t(active > 0 ? 'audit.nothingWhy' : 'audit.emptyWhy')}
          </EmptyState>
        }
      />
    </Section>
  )
}

function listColumns(words: ReturnType<typeof useAuditWords>): Column<AuditEntry>[] {
  return [
    { key: 'what', header: words.header.what, cell: words.sentenceOf, width: '56%' },
    { key: 'who', header: words.header.who, cell: ({ actor }) => words.nameOf(actor) },
    {
      key: 'when',
      header: words.header.when,
      cell: ({ at }) => <DateTime at={at} show="date-time" />,
      align: 'end',
    },
  ]
}

type Filter = { actor: string | null; action: string | null }
type FiltersProps = { path: string; filter: Filter; onChange: (filter: Filter) => void; active: number }

function Filters({ path, filter, onChange, active }: FiltersProps) {
  const { t } = useTranslation('accounts')
  const words = useAuditWords()
  const choices = useQuery({
    queryKey: [path, 'choices'],
    queryFn: ({ signal }) => api.get<AuditChoices>(`${path}/choices`, { signal }),
  })
  const actors =
    choices.data?.actors.map(({ id, name }) => ({ value: id, label: words.actorName(id, name) })) ?? []
  const actions =
    choices.data?.actions.map((action) => ({ value: action, label: words.actionName(action) })) ?? []
  const common = { clearable: true, searchable: true, nothingFoundMessage: t('nothingFound') }
  return (
    <FilterBar active={active} onReset={() => onChange({ actor: null, action: null })}>
      <Select
        aria-label={words.header.who}
        placeholder={t('audit.anybody')}
        data={actors}
        value={filter.actor}
        onChange={(actor) => onChange({ ...filter, actor })}
        {...common}
      />
      <Select
        aria-label={words.header.what}
        placeholder={t('audit.anything')}
        data={actions}
        value={filter.action}
        onChange={(action) => onChange({ ...filter, action })}
        w={260}
        {...common}
      />
    </FilterBar>
  )
}
