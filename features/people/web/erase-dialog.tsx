import { Button, Modal, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { PersonDetail } from '../contract.ts'
import classes from './merge-dialog.module.css'
import { confirmationOf, usePersonLabel } from './person-label.ts'
import { usePeopleChanged } from './use-person.ts'

/** What erasing means, and the name typed once more before it is done. */
export function EraseDialog({
  person,
  isOpen,
  close,
}: {
  person: PersonDetail
  isOpen: boolean
  close: () => void
}) {
  const { t } = useTranslation('people')
  const { t: tUi } = useTranslation('ui')
  const label = usePersonLabel()(person)
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('erase.title', { label })}
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      <EraseForm person={person} close={close} />
    </Modal>
  )
}

function EraseForm({ person, close }: { person: PersonDetail; close: () => void }) {
  const { t } = useTranslation('people')
  const { t: tUi } = useTranslation('ui')
  const shop = useShop()
  const navigate = useNavigate()
  const changed = usePeopleChanged()
  const [typed, setTyped] = useState('')
  const expected = confirmationOf(person)
  const { run, isRunning, error } = useAction(async () => {
    await api.post(`/shops/${shop.id}/people/${person.id}/erase`, { body: { confirm: typed.trim() } })
    notifyDone(t('erase.done'))
    await navigate({ to: '/s/$shop/people/erased', params: { shop: String(shop.id) }, replace: true })
    await changed()
  })
  const isAllowed = typed.trim() === expected
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isAllowed) void run()
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <p>{t('erase.why')}</p>
      <TextInput
        label={tUi('confirm.type', { text: expected })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <FormError error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {tUi('confirm.cancel')}
        </Button>
        <Button type="submit" color="lost" disabled={!isAllowed} loading={isRunning}>
          {t('erase.do')}
        </Button>
      </div>
    </form>
  )
}
