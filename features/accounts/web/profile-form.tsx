import { Button, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { switchLanguage } from '../../../web/i18n.ts'
import { languageNames, languages } from '../../../web/language.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Account } from '../contract.ts'
import forms from './forms.module.css'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

export function ProfileForm({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const form = useForm({ initialValues: { name: account.name, language: account.language } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    await api.patch('/account', { body: values })
    await switchLanguage(values.language)
    await refresh(t('saved'))
  })
  return (
    <Section title={t('account.title')} hint={account.email}>
      <form
        className={`${forms.form} ${forms.narrow}`}
        onSubmit={form.onSubmit((values) => void run(values))}
      >
        <TextInput
          label={t('yourName')}
          autoComplete="name"
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        <Select
          label={t('account.language')}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          {...form.getInputProps('language')}
        />
        <FormError error={error} />
        <div className={forms.buttons}>
          <Button type="submit" loading={isRunning}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
