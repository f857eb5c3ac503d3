import { SegmentedControl } from '@mantine/core'
import { IconUserOff } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../../../web/api-error.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { PersonOrders } from '../../orders/web/parts.tsx'
import type { PersonDetail } from '../contract.ts'
import { IdentitiesSection } from './identities-section.tsx'
import { MergesSection } from './merges-section.tsx'
import { PersonFigures } from './person-figures.tsx'
import { PersonHeader } from './person-header.tsx'
import classes from './person-page.module.css'
import { PersonPath } from './person-path.tsx'
import { TraitsSection } from './traits-section.tsx'
import { usePerson } from './use-person.ts'

/** One person: who it is, what they were through with the shop, and how well they are known. */
export function PersonPage() {
  const { person: id = '' } = useParams({ strict: false }) as { person?: string }
  const query = usePerson(id)
  useRightAddress(id, query.data)
  if (query.isError && isApiError(query.error) && query.error.code === 'not_found') return <Gone />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div className={classes.loading} aria-busy="true" />
  return <Person key={query.data.id} person={query.data} />
}

/** Who was joined with somebody else is found under that person's address from now on. */
function useRightAddress(asked: string, person: PersonDetail | undefined): void {
  const navigate = useNavigate()
  const shop = useShop()
  const id = person?.id
  useEffect(() => {
    if (id !== undefined && id !== asked)
      void navigate({
        to: '/s/$shop/people/$person',
        params: { shop: String(shop.id), person: id },
        replace: true,
      })
  }, [id, asked, navigate, shop.id])
}

type View = 'path' | 'about'

function Person({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const [view, setView] = useState<View>('path')
  return (
    <>
      <PersonHeader person={person} />
      <PersonFigures person={person} />
      <div className={classes.views}>
        <SegmentedControl
          fullWidth
          aria-label={t('one.views')}
          value={view}
          data={(['path', 'about'] as const).map((value) => ({ value, label: t(`one.${value}`) }))}
          onChange={(value) => setView(value as View)}
        />
      </div>
      <div className={classes.columns} data-view={view}>
        <div className={classes.path}>
          <PersonPath person={person} />
        </div>
        <div className={classes.about}>
          {person.lastOrders.length > 0 && (
            <Section title={t('orders.title')}>
              <PersonOrders orders={person.lastOrders} />
            </Section>
          )}
          <TraitsSection person={person} />
          <IdentitiesSection person={person} />
          <MergesSection person={person} />
        </div>
      </div>
    </>
  )
}

function Gone() {
  const { t } = useTranslation('people')
  return (
    <EmptyState icon={<IconUserOff />} title={t('gone.title')} wholePage>
      {t('gone.why')}
    </EmptyState>
  )
}
