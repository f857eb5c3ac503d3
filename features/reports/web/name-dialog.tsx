import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { isApiError } from '../../../web/api-error.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './saved.module.css'

export type NameDialogProps = {
  isOpen: boolean
  close: () => void
  title: string
  name?: string
  hint?: ReactNode
  onSubmit: (name: string) => unknown
}

/** Asks for the name of a saved report. */
export function NameDialog({ isOpen, close, title, ...form }: NameDialogProps) {
  const { t } = useTranslation('reports')
  return (
    <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <NameForm {...form} close={close} />
    </Modal>
  )
}

function NameForm({ name = '', hint, onSubmit, close }: Omit<NameDialogProps, 'isOpen' | 'title'>) {
  const { t } = useTranslation('reports')
  const [typed, setTyped] = useState(name)
  const [isEmpty, setEmpty] = useState(false)
  const { run, isRunning, error } = useAction(() => onSubmit(typed.trim()))
  const isTaken =
    isApiError(error) && (error.details as { reason?: string } | undefined)?.reason === 'name_taken'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setEmpty(typed.trim() === '')
    if (typed.trim() !== '' && (await run())) close()
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('saved.field')}
        placeholder={t('saved.example')}
        value={typed}
        maxLength={120}
        data-autofocus
        autoComplete="off"
        error={isEmpty ? t('saved.wrong') : isTaken ? t('saved.taken') : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {hint && <p className={classes.hint}>{hint}</p>}
      <FormError error={isTaken ? null : error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('saved.cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('saved.submit')}
        </Button>
      </div>
    </form>
  )
}
