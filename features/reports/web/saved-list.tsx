import { IconBookmark } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { SavedReportItem } from '../saved-contract.ts'
import classes from './saved.module.css'
import { SavedActions } from './saved-actions.tsx'
import { useMaySave, useSavedPath } from './use-saved-reports.ts'

/** From here on a name is found faster by typing than by reading. */
const MANY = 8

/** The questions that the shop keeps, by name. */
export function SavedList() {
  const { t } = useTranslation('reports')
  const [q, setQ] = useState('')
  const list = useCursorList<SavedReportItem>(useSavedPath(), { q })
  const mayFind = q !== '' || list.items.length >= MANY
  return (
    <Section
      title={t('saved.title')}
      hint={list.items.length > 0 ? t('saved.hint') : undefined}
      actions={mayFind && <SearchField label={t('saved.search')} value={q} onChange={setQ} />}
      flush
    >
      <DataTable
        label={t('saved.title')}
        columns={useColumns()}
        list={list}
        rowKey={({ id }) => String(id)}
        empty={q === '' ? <NothingSaved /> : <EmptyState title={t('saved.none')} />}
      />
    </Section>
  )
}

function NothingSaved() {
  const { t } = useTranslation('reports')
  const maySave = useMaySave()
  return (
    <EmptyState icon={<IconBookmark />} title={t('saved.empty')}>
      {t(maySave ? 'saved.emptyWhy' : 'saved.emptyViewer')}
    </EmptyState>
  )
}

function useColumns(): Column<SavedReportItem>[] {
  const { t } = useTranslation('reports')
  const { id: shop } = useShop()
  const maySave = useMaySave()
  const columns: Column<SavedReportItem>[] = [
    {
      key: 'name',
      header: t('saved.column.name'),
      cell: ({ id, name }) => (
        <Link
          className={classes.link}
          to="/s/$shop/reports/$report"
          params={{ shop: String(shop), report: String(id) }}
        >
          {name}
        </Link>
      ),
    },
    {
      key: 'report',
      header: t('saved.column.report'),
      cell: ({ path }) => t(`name.${path}`, { defaultValue: path }),
    },
    { key: 'who', header: t('saved.column.who'), cell: ({ createdBy }) => createdBy },
    { key: 'when', header: t('saved.column.when'), cell: ({ updatedAt }) => <DateTime at={updatedAt} /> },
  ]
  if (maySave)
    columns.push({
      key: 'actions',
      header: t('saved.more'),
      headerHidden: true,
      align: 'end',
      onPhone: 'plain',
      cell: (report) => <SavedActions report={report} />,
    })
  return columns
}
