import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { ExposureAnswer, ExposurePersons as Persons } from '../contract.ts'
import { type ExposureAddress, useExposureQuery, useExposureWords } from './use-exposure.ts'

/** Who stands behind the group that was clicked. */
export function ExposurePersons({ answer, address }: { answer: ExposureAnswer; address: ExposureAddress }) {
  const { t } = useTranslation('exposure')
  const { bin: label } = useExposureWords(answer.outcome)
  const { bin, last } = address.search
  if (bin === undefined) return null
  return (
    <Section
      title={t('people.title', { bin: label({ from: bin, to: last ?? null }) })}
      hint={t('people.hint', { count: answer.window })}
      actions={
        <Button variant="default" size="sm" onClick={() => address.open({ bin: undefined, last: undefined })}>
          {t('people.close')}
        </Button>
      }
      flush
    >
      <List address={address} bin={bin} last={last} />
    </Section>
  )
}

type ListProps = { address: ExposureAddress; bin: number; last: number | undefined }

function List({ address, bin, last }: ListProps) {
  const { t } = useTranslation('exposure')
  const { id } = useShop()
  const query = useExposureQuery(address.search)
  const list = useCursorList<Persons['items'][number]>(`/shops/${id}/exposure/persons`, {
    ...query,
    bin,
    last,
  })
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
