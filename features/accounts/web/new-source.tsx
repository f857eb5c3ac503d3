import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { isApiError } from '../../../web/api-error.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { DialogButton } from './dialog-button.tsx'
import forms from './forms.module.css'
import { Notice } from './notice.tsx'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

export function NewSourceButton({ path }: { path: string }) {
  const { t } = useTranslation('accounts')
  return (
    <DialogButton label={t('sources.new')} title={t('sources.newTitle')}>
      {(close) => (
        <SourceForm
          name=""
          submit={t('sources.make')}
          close={close}
          send={(body) => api.post(path, { body })}
        />
      )}
    </DialogButton>
  )
}

type SourceFormProps = {
  name: string
  submit: string
  send: (body: { name: string }) => Promise<unknown>
  close: () => void
}

/** The name of a source, new or another. */
export function SourceForm({ name, submit, send, close }: SourceFormProps) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const form = useForm({ initialValues: { name } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    await send(values)
    close()
    await refresh()
  })
  const isTaken = isApiError(error) && error.code === 'conflict'
  return (
    <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
      <TextInput
        label={t('sources.name')}
        description={t('sources.nameHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      {isTaken ? <Notice>{t('sources.taken')}</Notice> : <FormError error={error} />}
      <div className={`${forms.buttons} ${forms.end}`}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
