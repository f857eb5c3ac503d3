import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Query } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { FunnelPerson } from '../contract.ts'
import classes from './funnel.module.css'

type PersonsListProps = {
  /** Whose number it is. */
  title: string
  /** Below the shop's address. */
  path: string
  query: Query
  close: () => void
}

/** The persons behind a number, the latest first; it comes into sight when it opens. */
export function PersonsList({ title, path, query, close }: PersonsListProps) {
  const { t } = useTranslation('funnels')
  const { id } = useShop()
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list comes into sight too
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [title])
  const list = useCursorList<FunnelPerson>(`/shops/${id}/${path}`, query)
  return (
    <div ref={place} className={classes.list}>
      <Section
        title={title}
        actions={
          <Button variant="default" size="sm" onClick={close}>
            {t('people.close')}
          </Button>
        }
        flush
      >
        <DataTable
          label={t('people.label')}
          list={list}
          columns={[
            {
              key: 'name',
              header: t('people.person'),
              cell: ({ name }) => name ?? <span data-quiet>{t('people.unnamed')}</span>,
            },
            { key: 'at', header: t('people.at'), align: 'end', cell: ({ at }) => <DateTime at={at} /> },
          ]}
          rowKey={(person) => person.id}
          rowLink={(person) => ({
            to: '/s/$shop/people/$person',
            params: { shop: String(id), person: person.id },
          })}
          empty={<EmptyState title={t('people.nobody')} />}
        />
      </Section>
    </div>
  )
}
