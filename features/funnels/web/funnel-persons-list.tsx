import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { FunnelAnswer, FunnelPerson } from '../contract.ts'
import type { FunnelSearch } from './funnel-search.ts'
import { type FunnelAddress, useFunnelQuery } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

/** Who stands behind the number that was clicked. */
export function FunnelPersonsList({ answer, address }: { answer: FunnelAnswer; address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  const { nameStep } = useFunnelNames()
  const { step, kind = 'reached' } = address.search
  const chosen = step === undefined ? undefined : answer.steps[step - 1]
  if (step === undefined || !chosen) return null
  return (
    <Section
      title={t(`people.${kind}`, { step: nameStep(chosen.step) })}
      actions={
        <Button variant="default" size="sm" onClick={() => address.open(undefined)}>
          {t('people.close')}
        </Button>
      }
      flush
    >
      <List search={address.search} step={step} kind={kind} />
    </Section>
  )
}

function List({ search, step, kind }: { search: FunnelSearch; step: number; kind: 'reached' | 'left' }) {
  const { t } = useTranslation('funnels')
  const { id } = useShop()
  const { by: _, ...query } = useFunnelQuery(search)
  const list = useCursorList<FunnelPerson>(`/shops/${id}/funnel/persons`, { ...query, step, kind })
  return (
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
  )
}
