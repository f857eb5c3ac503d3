import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { PathPerson } from '../contract.ts'
import type { Who } from './paths-search.ts'
import type { NameOf } from './use-node-names.ts'
import { type PathsAddress, usePathsQuery } from './use-paths.ts'

/** Who stands behind the number that was clicked. */
export function PersonsList({ address, nameOf }: { address: PathsAddress; nameOf: NameOf }) {
  const { who } = address.search
  return who ? <List address={address} nameOf={nameOf} who={who} /> : null
}

function List({ address, nameOf, who }: { address: PathsAddress; nameOf: NameOf; who: Who }) {
  const { t } = useTranslation('paths')
  const { id } = useShop()
  const { who: _who, ...search } = address.search
  const { compare: _, ...query } = usePathsQuery(search)
  const list = useCursorList<PathPerson>(`/shops/${id}/paths/persons`, { ...query, ...who })
  const place = useRef<HTMLDivElement>(null)
  const say = useWhoWords(nameOf)
  // The list opens below a tall picture: whoever asked for it is led there.
  const asked = JSON.stringify(who)
  useEffect(() => {
    if (asked) place.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [asked])
  return (
    <div ref={place}>
      <Section
        title={t('people.title')}
        hint={say(who)}
        actions={
          <Button variant="default" size="sm" onClick={() => address.open({ who: undefined })}>
            {t('people.close')}
          </Button>
        }
        flush
      >
        <DataTable
          label={t('people.title')}
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

/** Whose list it is, in words. */
function useWhoWords(nameOf: NameOf) {
  const { t } = useTranslation('paths')
  const spotName = (spot: string) => {
    if (spot.startsWith('!')) return t('place.rest')
    return spot.startsWith('@') ? t(`place.${spot.slice(1) as 'left'}`) : nameOf(spot)
  }
  return ({ column = 0, spot, next, variant, line, step = '', step2 = '' }: Who): string => {
    if (variant !== undefined)
      return variant
        .split(' > ')
        .map((key) => (key === '…' ? key : nameOf(key)))
        .join(' → ')
    if (line !== undefined)
      return t(`people.line.${line}`, { step: nameOf(step), step2: step2 === '' ? '' : nameOf(step2) })
    if (spot === undefined) return ''
    return next === undefined
      ? t('people.node', { name: spotName(spot), place: column + 1 })
      : t('people.link', { from: spotName(spot), to: spotName(next) })
  }
}
