import { Button, type ButtonProps, Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useOpening } from '../../../web/ui/on-demand.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './report-page.module.css'

type DefinitionDrawerProps = { button: ButtonProps & { children: ReactNode }; children: ReactNode }

/** The button of the definition with its drawer, open. */
export function DefinitionDrawer({ button, children }: DefinitionDrawerProps) {
  const { t } = useTranslation('reports')
  const { isOpen, setOpen, target } = useOpening<HTMLButtonElement>()
  return (
    <>
      <Button ref={target} {...button} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        size="lg"
        title={t('how')}
        classNames={{ header: classes.drawerHead, title: classes.drawerTitle }}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <div className={classes.definition}>{children}</div>
      </Drawer>
    </>
  )
}
