import { Button, type ButtonProps, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import forms from './forms.module.css'

type DialogButtonProps = {
  label: string
  title: string
  buttonProps?: ButtonProps
  /** Shown in a window of its own; made anew each time it opens. */
  children: (close: () => void) => ReactNode
}

/** A button that opens a small form. */
export function DialogButton({ label, title, buttonProps, children }: DialogButtonProps) {
  const { t } = useTranslation('ui')
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button size="sm" {...buttonProps} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={title}
        closeButtonProps={{ 'aria-label': t('close') }}
        classNames={{ title: forms.title }}
      >
        {children(close)}
      </Modal>
    </>
  )
}
