import { Button, type ButtonProps, Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from '../use-translation.ts'
import classes from './confirm-button.module.css'
import { FormError } from './form-error.tsx'
import { useAction } from './use-action.ts'

export type ConfirmButtonProps = {
  label: string
  /** For screen readers, where the label alone doesn't say of what: one of several buttons "Undo". */
  spokenLabel?: string
  /** The question: "Revoke the key «Site»?" */
  title: string
  /** What will happen, in full sentences, above all what can't be undone. */
  consequence: ReactNode
  /** The verb on the button that does it; never just "OK". */
  confirmLabel: string
  /** For what can't be undone at all: this text must be typed first. */
  typeToConfirm?: string
  onConfirm: () => unknown
  buttonProps?: ButtonProps
}

/** A button for what destroys: asks first, says what will happen, shows in its own window why it failed. */
export function ConfirmButton({ label, spokenLabel, buttonProps, ...question }: ConfirmButtonProps) {
  const [isOpen, setOpen] = useState(false)
  const { t } = useTranslation('ui')
  const close = () => setOpen(false)
  return (
    <>
      <Button
        variant="outline"
        color="lost"
        size="sm"
        {...buttonProps}
        aria-label={spokenLabel}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={question.title}
        closeButtonProps={{ 'aria-label': t('close') }}
        classNames={{ title: classes.title, header: classes.header }}
      >
        <Question {...question} close={close} />
      </Modal>
    </>
  )
}

type QuestionProps = Omit<ConfirmButtonProps, 'label' | 'spokenLabel' | 'title' | 'buttonProps'> & {
  close: () => void
}

function Question({ consequence, confirmLabel, typeToConfirm, onConfirm, close }: QuestionProps) {
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState('')
  const { run, isRunning, error } = useAction(onConfirm)
  const isAllowed = typeToConfirm === undefined || typed.trim() === typeToConfirm
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isAllowed && (await run())) close()
  }
  return (
    <form onSubmit={submit} className={classes.question}>
      <div>{consequence}</div>
      {typeToConfirm !== undefined && (
        <TextInput
          label={t('confirm.type', { text: typeToConfirm })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
      )}
      <FormError error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('confirm.cancel')}
        </Button>
        <Button type="submit" color="lost" disabled={!isAllowed} loading={isRunning}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  )
}
