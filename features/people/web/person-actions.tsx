import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { IconDots, IconDownload, IconEraser } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { PersonDetail } from '../contract.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { MergeDialog } from './merge-dialog.tsx'

type Dialog = 'merge' | 'erase'

/** What can be done about a person, as far as the member's role goes. */
export function PersonActions({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const { role, id: shop } = useShop()
  const [dialog, setDialog] = useState<Dialog>()
  const close = () => setDialog(undefined)
  if (role !== 'owner' && role !== 'marketer') return null
  return (
    <>
      <Button variant="default" onClick={() => setDialog('merge')}>
        {t('action.merge')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('action.more')} variant="default">
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={apiUrl(`/shops/${shop}/people/${person.id}/export`)}
            download
            leftSection={<IconDownload size={17} stroke={1.7} />}
          >
            {t('action.export')}
          </Menu.Item>
          {role === 'owner' && (
            <Menu.Item
              color="lost"
              leftSection={<IconEraser size={17} stroke={1.7} />}
              onClick={() => setDialog('erase')}
            >
              {t('action.erase')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ActionDialog title={t('merge.title')} isOpen={dialog === 'merge'} close={close} size="xl">
        <MergeDialog person={person} close={close} />
      </ActionDialog>
      <EraseDialog person={person} isOpen={dialog === 'erase'} close={close} />
    </>
  )
}

type ActionDialogProps = {
  title: string
  isOpen: boolean
  close: () => void
  size?: string
  children: React.ReactNode
}

export function ActionDialog({ title, isOpen, close, size, children }: ActionDialogProps) {
  const { t } = useTranslation('ui')
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  )
}
