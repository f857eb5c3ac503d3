import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './segments.module.css'

interface GuardProps {
  isChanged: boolean
  /** Set when the way leads on after saving. */
  isLeaving: RefObject<boolean>
}

/** Asks before changes that nobody saved are lost: on a link, on the way back, on closing the tab. */
export function LeaveGuard({ isChanged, isLeaving }: GuardProps) {
  const { t } = useTranslation('segments')
  const { t: tUi } = useTranslation('ui')
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged && !isLeaving.current,
    enableBeforeUnload: () => isChanged && !isLeaving.current,
    withResolver: true,
  })
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('leave.title')}
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      <p>{t('leave.why')}</p>
      <div className={classes.adding}>
        <Button onClick={() => blocker.reset?.()}>{t('leave.stay')}</Button>
        <Button variant="outline" color="lost" onClick={() => blocker.proceed?.()}>
          {t('leave.go')}
        </Button>
      </div>
    </Modal>
  )
}
