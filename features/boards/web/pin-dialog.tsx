import { Button, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { BoardItem } from '../contract.ts'
import { isNameTaken } from './board-name-dialog.tsx'
import classes from './boards.module.css'
import { useBoardChanges, useBoards } from './use-boards.ts'

export type PinDialogProps = {
  /** What is pinned: the page, its question as the address says it, and how the card is called unless told otherwise. */
  path: string
  search: string
  title: string
  isOpen: boolean
  close: () => void
}

/** Pins the open question to a board, one that there is or a new one. */
export function PinDialog({ isOpen, close, ...form }: PinDialogProps) {
  const { t } = useTranslation('boards')
  const boards = useBoards()
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('pin.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {boards.data && <PinForm {...form} boards={boards.data.items} close={close} />}
      <FormError error={boards.error} />
    </Modal>
  )
}

const NEW = 'new'
type PinFormProps = Omit<PinDialogProps, 'isOpen'> & { boards: BoardItem[] }

function PinForm({ path, search, title, boards, close }: PinFormProps) {
  const { t } = useTranslation('boards')
  const { add, pin } = useBoardChanges()
  const [name, setName] = useState(title.slice(0, 120))
  const [board, setBoard] = useState(String(boards[0]?.id ?? NEW))
  const [newName, setNewName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { run, isRunning, error } = useAction(async () => {
    const on = board === NEW ? await add(newName.trim()) : boards.find(({ id }) => String(id) === board)
    if (!on) return
    // Should pinning fail after the board was made, the next try takes that board.
    if (board === NEW) setBoard(String(on.id))
    await pin(on.id, { name: name.trim(), path, search })
    notifyDone(t('pin.done', { name: on.name }))
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isWhole = name.trim() !== '' && (board !== NEW || newName.trim() !== '')
    setMissing(!isWhole)
    if (isWhole && (await run())) close()
  }
  const taken = isNameTaken(error)
  const wrong = (text: string) => (isMissing && text.trim() === '' ? t('boards.wrong') : undefined)
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('pin.card')}
        value={name}
        maxLength={120}
        data-autofocus
        autoComplete="off"
        error={wrong(name)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('pin.board')}
        value={board}
        allowDeselect={false}
        data={[
          ...boards.map(({ id, name }) => ({ value: String(id), label: name })),
          { value: NEW, label: t('pin.newBoard') },
        ]}
        onChange={(value) => value !== null && setBoard(value)}
        comboboxProps={{ withinPortal: true }}
      />
      {board === NEW && (
        <TextInput
          label={t('pin.newName')}
          placeholder={t('boards.example')}
          value={newName}
          maxLength={120}
          autoComplete="off"
          error={taken ? t('boards.taken') : wrong(newName)}
          onChange={(event) => setNewName(event.currentTarget.value)}
        />
      )}
      <p className={classes.note}>{t('pin.hint')}</p>
      <FormError error={taken ? null : error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('boards.cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('pin.do')}
        </Button>
      </div>
    </form>
  )
}
