import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import type { PeopleList } from '../contract.ts'
import classes from './merge-dialog.module.css'
import { usePersonLabel } from './person-label.ts'
import { PersonName } from './person-name.tsx'

const SHOWN = 20

/** Finds the other person of a pair by whatever is known of them. */
export function FindPerson({ except, onChoose }: { except: string; onChoose: (id: string) => void }) {
  const { t } = useTranslation('people')
  const labelOf = usePersonLabel()
  const shop = useShop()
  const [q, setQ] = useState('')
  const found = useQuery({
    queryKey: [`/shops/${shop.id}/people`, 'find', q],
    queryFn: ({ signal }) =>
      api.get<PeopleList>(`/shops/${shop.id}/people`, { query: { q, limit: SHOWN }, signal }),
    enabled: q.trim() !== '',
  })
  const people = (found.data?.items ?? []).filter(({ id }) => id !== except).slice(0, SHOWN)
  return (
    <div className={classes.form}>
      <SearchField label={t('merge.find')} placeholder={t('search')} value={q} onChange={setQ} />
      {q.trim() === '' && <p data-quiet>{t('merge.findHint')}</p>}
      <FormError error={found.error} />
      {found.isSuccess && people.length === 0 && <p data-quiet>{t('found.none')}</p>}
      <ul className={classes.found} aria-label={t('merge.find')} aria-busy={found.isFetching}>
        {people.map((person) => (
          <li key={person.id}>
            <UnstyledButton className={classes.choice} onClick={() => onChoose(person.id)}>
              <PersonName person={person} label={labelOf(person)} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
