import { Button } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ListState } from '../use-cursor-list.ts'
import { useTranslation } from '../use-translation.ts'
import classes from './data-table.module.css'
import { ErrorState } from './error-state.tsx'
import { FormError } from './form-error.tsx'

export type Column<Row> = {
  key: string
  header: string
  /** The header is only spoken: for buttons, which say themselves what they do. */
  headerHidden?: boolean
  cell: (row: Row) => ReactNode
  /** Numbers stand at the end, so that their digits line up. */
  align?: 'end'
  width?: string
  /** On a phone a row is a card: the first column is its title, the others lines with their header, unless hidden. */
  onPhone?: 'hidden' | 'plain'
}

export type DataTableProps<Row> = {
  /** What the table lists, for screen readers. */
  label: string
  columns: Column<Row>[]
  list: ListState<Row>
  rowKey: (row: Row) => string
  /** Where a row leads; the whole row is then one link, which the keyboard reaches too. */
  rowLink?: (row: Row) => Pick<LinkProps, 'to' | 'params' | 'search'>
  /** An `EmptyState`. */
  empty: ReactNode
}

/** Spelled out because a table shown as cards (`display: block`) stops being one for screen readers otherwise. */
const as = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const

/** A list in every state it can be in: coming, empty, failed, there, and there with more to come. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, list, empty } = props
  if (list.status === 'failed') return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.status === 'ready' && list.items.length === 0) return empty
  const isLoading = list.status === 'loading'
  return (
    <>
      <table
        {...as.table}
        aria-label={label}
        aria-busy={isLoading || list.isOutdated}
        className={classes.table}
        data-outdated={list.isOutdated || undefined}
      >
        <thead {...as.rowgroup}>
          <tr {...as.row}>
            {columns.map(({ key, header, headerHidden, align, width }) => (
              <th key={key} {...as.columnheader} scope="col" data-align={align} style={{ width }}>
                {headerHidden ? <span className="only-spoken">{header}</span> : header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as.rowgroup}>{isLoading ? <Skeletons columns={columns} /> : <Rows {...props} />}</tbody>
      </table>
      <More list={list} />
    </>
  )
}

function Rows<Row>({ columns, list, rowKey, rowLink }: DataTableProps<Row>) {
  return list.items.map((row) => (
    <tr {...as.row} key={rowKey(row)} className={rowLink && classes.leads}>
      {columns.map(({ key, header, cell, align, onPhone }, index) => (
        <td
          {...as.cell}
          key={key}
          data-align={align}
          data-header={index === 0 || onPhone === 'plain' ? undefined : header}
          data-phone={index === 0 ? 'title' : onPhone}
        >
          {index === 0 && rowLink ? (
            <Link {...rowLink(row)} className={classes.link}>
              {cell(row)}
            </Link>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  ))
}

const placeholders = [0, 1, 2, 3, 4, 5]

function Skeletons<Row>({ columns }: { columns: Column<Row>[] }) {
  return placeholders.map((row) => (
    <tr {...as.row} key={row}>
      {columns.map(({ key, align }, index) => (
        <td {...as.cell} key={key} data-align={align} data-phone={index === 0 ? 'title' : undefined}>
          <span className={classes.bone} style={{ width: `${38 + ((row * 17 + index * 29) % 40)}%` }} />
        </td>
      ))}
    </tr>
  ))
}

function More<Row>({ list }: { list: ListState<Row> }) {
  const { t } = useTranslation('ui')
  if (!list.hasMore) return null
  return (
    <div className={classes.more}>
      <FormError error={list.moreError} />
      <span className={classes.shown}>{t('table.shown', { count: list.items.length })}</span>
      <Button variant="default" size="sm" loading={list.isLoadingMore} onClick={list.loadMore}>
        {t('table.more')}
      </Button>
    </div>
  )
}
