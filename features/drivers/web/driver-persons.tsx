import { Button, SegmentedControl } from '@mantine/core'
import { apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriverPersons } from '../contract.ts'
import { isHappening, type Outcome } from '../vocabulary.ts'
import classes from './drivers.module.css'
import { WHO, type Who } from './drivers-search.ts'
import { type DriversAddress, useDriversQuery } from './use-drivers.ts'

type Person = DriverPersons['items'][number]
type DriverPersonsListProps = { driver: Driver; address: DriversAddress; outcome: Outcome }

/** Who stands behind a driver: who met it, who met it and was lost, and with whom they are compared. */
export function DriverPersonsList({ driver, address, outcome }: DriverPersonsListProps) {
  const { t } = useTranslation('drivers')
  const { id } = useShop()
  // A mark is given by everybody: nobody is lost there.
  const kinds = isHappening(outcome) ? WHO : WHO.filter((one) => one !== 'lost')
  const kind = kinds.find((one) => one === address.search.who) ?? 'exposed'
  const query = { ...useDriversQuery(address.search), driver: driver.key, kind }
  const list = useCursorList<Person>(`/shops/${id}/drivers/persons`, query)
  return (
    <>
      <div className={classes.people}>
        <SegmentedControl
          size="sm"
          aria-label={t('people.label')}
          value={kind}
          data={kinds.map((value) => ({ value, label: t(`people.${value}`) }))}
          onChange={(who) => address.turn({ who: who as Who })}
        />
        <TakeAlong query={query} />
      </div>
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
        rowKey={(person) => `${person.id} ${person.at}`}
        rowLink={(person) => ({
          to: '/s/$shop/people/$person',
          params: { shop: String(id), person: person.id },
        })}
        empty={<EmptyState title={t('people.nobody')} />}
      />
    </>
  )
}

/** The list as a file; whoever takes it along leaves a line in the shop's log. */
function TakeAlong({ query }: { query: Record<string, string | number | undefined> }) {
  const { t } = useTranslation('drivers')
  const { id, role } = useShop()
  if (role !== 'owner' && role !== 'marketer') return null
  return (
    <Button
      component="a"
      href={apiUrl(`/shops/${id}/drivers/persons.csv`, query)}
      download
      size="sm"
      variant="default"
    >
      {t('people.csv')}
    </Button>
  )
}
