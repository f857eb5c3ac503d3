import { Menu } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { Choice } from './choice.tsx'
import { savedKey, useSavedSegments } from './saved-segments.ts'

type SavedChoicesProps = { chosen: string | undefined; choose: (segment: string) => void; find: () => void }

/** The shop's own segments; `find` is offered when there are more than a menu has room for. */
export function SavedChoices({ chosen, choose, find }: SavedChoicesProps) {
  const { t } = useTranslation('journeys')
  const { id: shop, role } = useShop()
  const { data, isError, refetch } = useSavedSegments('')
  const mayBuild = role === 'owner' || role === 'marketer'
  if (data?.items.length === 0 && !mayBuild) return null
  return (
    <>
      <Menu.Label>{t('segment.saved')}</Menu.Label>
      {data?.items.map(({ id, name }) => (
        <Choice key={id} isChosen={savedKey(id) === chosen} onChoose={() => choose(savedKey(id))}>
          {name}
        </Choice>
      ))}
      {data?.nextCursor && (
        <Menu.Item leftSection={<IconSearch size={15} stroke={1.8} />} onClick={find}>
          {t('segment.find')}
        </Menu.Item>
      )}
      {isError && !data && (
        <Menu.Item closeMenuOnClick={false} onClick={() => void refetch()}>
          {t('segment.failed')}
        </Menu.Item>
      )}
      {mayBuild && (
        <Menu.Item
          component={Link}
          leftSection={<IconPlus size={15} stroke={1.8} />}
          {...({ to: '/s/$shop/segments/new', params: { shop: String(shop) } } as object)}
        >
          {t('segment.build')}
        </Menu.Item>
      )}
    </>
  )
}
