import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconHome, IconLink, IconPencil, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { writeToClipboard } from '../../../web/ui/use-copy.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Board } from '../contract.ts'
import { BoardNameDialog } from './board-name-dialog.tsx'
import { useBoardChanges } from './use-boards.ts'

const icon = { size: 17, stroke: 1.7 }

/** What can be done with a board: everybody may take its link along, staff may rename, remove or show it on the first page. */
export function BoardMenu({ board, mayArrange }: { board: Board; mayArrange: boolean }) {
  const { t } = useTranslation('boards')
  const { change } = useBoardChanges()
  const [isNaming, setNaming] = useState(false)
  const remove = useRemoval(board)
  const toHome = useAction(() => change(board.id, { isHome: !board.isHome }))
  const copy = async () => {
    const isDone = await writeToClipboard(window.location.href)
    notifyDone(t(isDone ? 'boards.linkDone' : 'boards.linkFailed'))
  }
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button variant="default" size="sm" leftSection={<IconDots {...icon} />} loading={remove.isRunning}>
            {t('boards.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => void copy()}>
            {t('boards.link')}
          </Menu.Item>
          {mayArrange && (
            <>
              <Menu.Item leftSection={<IconHome {...icon} />} onClick={() => void toHome.run()}>
                {t(board.isHome ? 'boards.fromHome' : 'boards.toHome')}
              </Menu.Item>
              <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setNaming(true)}>
                {t('boards.rename')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => void remove.run()}>
                {t('boards.remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <FormError error={remove.error ?? toHome.error} />
      <BoardNameDialog
        isOpen={isNaming}
        close={() => setNaming(false)}
        title={t('boards.rename')}
        submit={t('boards.save')}
        name={board.name}
        onSubmit={(name) => change(board.id, { name })}
      />
    </>
  )
}

/** Removes at once instead of asking first, since it can be brought back: the way back stands in the notice. */
function useRemoval(board: Board) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { remove, restore } = useBoardChanges()
  const navigate = useNavigate()
  return useAction(async () => {
    await navigate({ to: '/s/$shop/boards', params: { shop: String(id) } })
    await remove(board.id)
    const notice = notifications.show({
      message: (
        <>
          {t('boards.removed', { name: board.name })}{' '}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              notifications.hide(notice)
              void restore(board.id)
            }}
          >
            {t('boards.undo')}
          </Button>
        </>
      ),
      autoClose: 12_000,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('ui:close') },
    })
  })
}
