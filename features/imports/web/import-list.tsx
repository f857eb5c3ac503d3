import { Button } from '@mantine/core'
import { IconFileImport, IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { ImportView } from '../contract.ts'
import classes from './import-list.module.css'
import { isActive, stateTones, useImportName } from './import-words.ts'
import { importPaths } from './imports-api.ts'
import { mayImport } from './may-import.ts'

const GLANCE_MS = 1_500

/** Everything that was brought in from files: how it went, who did it, what could not be taken. */
export function ImportListPage() {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const path = importPaths(shop.id).list
  const list = useCursorList<ImportView>(path)
  useRefresh(path, list.items.some(isActive))
  const isEmpty = list.status === 'ready' && list.items.length === 0
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={isEmpty || !mayImport(shop.role) ? undefined : <NewImportButton label={t('list.new')} />}
      />
      <Section flush>
        <DataTable
          label={t('title')}
          list={list}
          columns={useColumns()}
          rowKey={({ id }) => String(id)}
          rowLink={({ id }) => ({
            to: '/s/$shop/imports/$import',
            params: { shop: String(shop.id), import: String(id) },
          })}
          empty={<NoImports />}
        />
      </Section>
    </>
  )
}

/** Looks again every moment while something is going on. */
function useRefresh(path: string, isWanted: boolean) {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!isWanted) return
    const timer = setInterval(() => void queryClient.invalidateQueries({ queryKey: [path] }), GLANCE_MS)
    return () => clearInterval(timer)
  }, [queryClient, path, isWanted])
}

function useColumns(): Column<ImportView>[] {
  const { t } = useTranslation('imports')
  const nameOf = useImportName()
  return [
    {
      key: 'files',
      header: t('column.files'),
      cell: (row) => (
        <>
          {nameOf(row).name}
          <small className={classes.preset}>{nameOf(row).what}</small>
        </>
      ),
    },
    { key: 'state', header: t('column.state'), width: '22%', cell: (row) => <StateCell row={row} /> },
    {
      key: 'recorded',
      header: t('count.recorded'),
      align: 'end',
      cell: ({ recorded }) => <Num value={recorded} />,
    },
    {
      key: 'duplicates',
      header: t('count.duplicates'),
      align: 'end',
      cell: ({ duplicates }) => <Num value={duplicates} />,
    },
    { key: 'bad', header: t('count.bad'), align: 'end', cell: (row) => <BadCell row={row} /> },
    {
      key: 'who',
      header: t('column.who'),
      cell: ({ createdBy, createdAt }) => (
        <span>
          <DateTime at={createdAt} />
          <small className={classes.who}>{createdBy || t('list.byCommand')}</small>
        </span>
      ),
    },
  ]
}

function StateCell({ row }: { row: ImportView }) {
  const { t } = useTranslation('imports')
  const words = t(`state.${row.state}`)
  if (row.state !== 'running') return <Badge tone={stateTones[row.state]}>{words}</Badge>
  return (
    <div className={classes.progress}>
      <ProgressBar
        label={words}
        value={row.rows === 0 ? null : row.share}
        text={row.isWaiting ? t('state.away') : words}
      />
    </div>
  )
}

function BadCell({ row }: { row: ImportView }) {
  const { t } = useTranslation('imports')
  const shop = useShop()
  // The rows hold what customers told: who may not import may not take them along either.
  if (row.bad === 0 || !mayImport(shop.role)) return <Num value={row.bad} />
  return (
    <a
      href={apiUrl(importPaths(shop.id).badRows(row.id))}
      download
      aria-label={t('list.badFile', { count: row.bad })}
    >
      <Num value={row.bad} />
    </a>
  )
}

function NewImportButton({ label }: { label: string }) {
  const shop = useShop()
  return (
    <Button
      component={Link}
      to="/s/$shop/imports/new"
      params={{ shop: String(shop.id) } as never}
      leftSection={<IconUpload size={17} stroke={1.8} />}
    >
      {label}
    </Button>
  )
}

function NoImports() {
  const { t } = useTranslation('imports')
  const { role } = useShop()
  return (
    <>
      <EmptyState
        icon={<IconFileImport />}
        title={t('empty.title')}
        action={mayImport(role) ? <NewImportButton label={t('empty.action')} /> : undefined}
      >
        {t('empty.why')}
      </EmptyState>
      <ul className={classes.kinds}>
        {(['orders', 'events', 'olist'] as const).map((preset) => (
          <li key={preset}>
            <strong>{t(`presets.${preset}.name`)}</strong>
            <span>{t(`empty.${preset}`)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
