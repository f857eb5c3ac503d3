import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isApiError } from '../../../web/api-error.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './boards.module.css'

type NameDialogProps = {
  isOpen: boolean
  close: () => void
  title: string
  submit: string
  name?: string
  onSubmit: (name: string) => unknown
}

/** Asks how a board is to be called. */
export function BoardNameDialog({ isOpen, close, title, ...form }: NameDialogProps) {
  const { t } = useTranslation('ui')
  return (
    <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <NameForm {...form} close={close} />
    </Modal>
  )
}

function NameForm({ name = '', submit, onSubmit, close }: Omit<NameDialogProps, 'isOpen' | 'title'>) {
  const { t } = useTranslation('boards')
  const [typed, setTyped] = useState(name)
  const [isEmpty, setEmpty] = useState(false)
  const { run, isRunning, error } = useAction(() => onSubmit(typed.trim()))
  const taken = isNameTaken(error)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setEmpty(typed.trim() === '')
    if (typed.trim() !== '' && (await run())) close()
  }
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        label={t('boards.name')}
        placeholder={t('boards.example')}
        value={typed}
        maxLength={120}
        data-autofocus
        autoComplete="off"
        error={isEmpty ? t('boards.wrong') : taken ? t('boards.taken') : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <FormError error={taken ? null : error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('boards.cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

export function isNameTaken(error: unknown): boolean {
  return isApiError(error) && (error.details as { reason?: string } | undefined)?.reason === 'name_taken'
}
