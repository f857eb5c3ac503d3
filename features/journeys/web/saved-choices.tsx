import { Menu, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { Choice } from './choice.tsx'
import { savedKey, useSavedSegments } from './saved-segments.ts'

type SavedChoicesProps = { chosen: string | undefined; choose: (segment: string) => void }

/** The shop's own segments; found by their names when there are more than a menu has room for. */
export function SavedChoices({ chosen, choose }: SavedChoicesProps) {
  const { t } = useTranslation('journeys')
  const { role } = useShop()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { data, isError, refetch } = useSavedSegments(q)
  const mayBuild = role === 'owner' || role === 'marketer'
  const isSearched = typed !== '' || (data?.nextCursor ?? null) !== null
  if (data?.items.length === 0 && !isSearched && !mayBuild) return null
  return (
    <>
      <Menu.Label>{t('segment.saved')}</Menu.Label>
      {isSearched && <Finder typed={typed} onType={setTyped} />}
      {data?.items.map(({ id, name }) => (
        <Choice key={id} isChosen={savedKey(id) === chosen} onChoose={() => choose(savedKey(id))}>
          {name}
        </Choice>
      ))}
      {data?.items.length === 0 && isSearched && <Menu.Label>{t('segment.none')}</Menu.Label>}
      {isError && !data && (
        <Menu.Item closeMenuOnClick={false} onClick={() => void refetch()}>
          {t('segment.failed')}
        </Menu.Item>
      )}
      {mayBuild && <BuildLink />}
    </>
  )
}

function Finder({ typed, onType }: { typed: string; onType: (text: string) => void }) {
  const { t } = useTranslation('journeys')
  return (
    <TextInput
      type="search"
      size="sm"
      px={10}
      pb={6}
      aria-label={t('segment.find')}
      placeholder={t('segment.find')}
      leftSection={<IconSearch size={16} stroke={1.7} />}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={keepLetters}
    />
  )
}

/** The menu around would take letters for itself; by arrows one leaves the field, by Escape the menu. */
function keepLetters(event: KeyboardEvent): void {
  if (!['ArrowDown', 'ArrowUp', 'Escape', 'Tab'].includes(event.key)) event.stopPropagation()
}

function BuildLink() {
  const { t } = useTranslation('journeys')
  const { id } = useShop()
  return (
    <Menu.Item
      component={Link}
      leftSection={<IconPlus size={15} stroke={1.8} />}
      {...({ to: '/s/$shop/segments/new', params: { shop: String(id) } } as object)}
    >
      {t('segment.build')}
    </Menu.Item>
  )
}
