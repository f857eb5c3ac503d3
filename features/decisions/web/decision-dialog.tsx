import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DecisionForm, type DecisionFormProps } from './decision-form.tsx'
import classes from './decisions.module.css'

export type DecisionDialogProps = DecisionFormProps & { isOpen: boolean }

/** Writes a decision down, or changes one; for the page and for the map. */
export function DecisionDialog({ isOpen, ...form }: DecisionDialogProps) {
  const { t } = useTranslation('decisions')
  const { t: tUi } = useTranslation('ui')
  return (
    <Modal
      opened={isOpen}
      onClose={form.close}
      title={form.decision ? t('change.title') : t('add')}
      size="lg"
      closeButtonProps={{ 'aria-label': tUi('close') }}
      classNames={{ title: classes.dialogTitle }}
    >
      <DecisionForm {...form} />
    </Modal>
  )
}
