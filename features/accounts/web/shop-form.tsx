import { Button, Radio, Select, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useLocale } from '../../../web/format.ts'
import { languageNames, languages } from '../../../web/language.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { ShopSettings } from '../contract.ts'
import { listCountries } from './choices.ts'
import forms from './forms.module.css'
import { ShopBasics } from './shop-basics.tsx'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

const below = ['label', 'input', 'description', 'error'] as const
const consentModes = ['respect', 'require', 'ignore'] as const

export function ShopForm({ path, settings }: { path: string; settings: ShopSettings }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const { id: _, isArchived: __, ...fields } = settings
  const form = useForm({ initialValues: fields })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const { id, isArchived, ...saved } = await api.patch<ShopSettings>(path, { body: values })
    // Addresses come back as bare names.
    form.setInitialValues(saved)
    form.setValues(saved)
    await refresh(t('saved'))
  })
  return (
    <form className={`${forms.form} ${forms.wide}`} onSubmit={form.onSubmit((values) => void run(values))}>
      <TextInput label={t('shop.name')} required withAsterisk={false} {...form.getInputProps('name')} />
      <ShopBasics values={form.values} inputProps={form.getInputProps} />
      <div className={forms.pair}>
        <Select
          label={t('shop.language')}
          description={t('shop.languageWhy')}
          inputWrapperOrder={[...below]}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          {...form.getInputProps('language')}
        />
        <PhoneCountry inputProps={form.getInputProps('phoneCountry')} />
      </div>
      <TagsInput
        label={t('shop.domains')}
        description={t('shop.domainsWhy')}
        inputWrapperOrder={[...below]}
        placeholder={form.values.domains.length === 0 ? 'shop.example.com' : undefined}
        acceptValueOnBlur
        clearable
        {...form.getInputProps('domains')}
      />
      <Consent inputProps={form.getInputProps('consentMode')} />
      <FormError error={error} />
      <div className={forms.buttons}>
        <Button type="submit" loading={isRunning} disabled={!form.isDirty()}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function PhoneCountry({ inputProps }: { inputProps: object }) {
  const { t } = useTranslation('accounts')
  const locale = useLocale()
  const countries = useMemo(() => listCountries(locale), [locale])
  return (
    <Select
      label={t('shop.phoneCountry')}
      description={t('shop.phoneCountryWhy')}
      inputWrapperOrder={[...below]}
      allowDeselect={false}
      searchable
      nothingFoundMessage={t('nothingFound')}
      data={countries}
      {...inputProps}
    />
  )
}

function Consent({ inputProps }: { inputProps: object }) {
  const { t } = useTranslation('accounts')
  return (
    <Radio.Group label={t('shop.consentMode')} {...inputProps}>
      <div className={forms.choices}>
        {consentModes.map((mode) => (
          <Radio key={mode} value={mode} label={t(`consent.${mode}`)} description={t(`consent.${mode}Why`)} />
        ))}
      </div>
    </Radio.Group>
  )
}
