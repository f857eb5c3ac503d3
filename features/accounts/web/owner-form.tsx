import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useEnter } from '../../../web/session.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { guessCurrency, ownTimeZone } from './choices.ts'
import classes from './entry.module.css'
import { EntryHeading } from './entry-heading.tsx'
import forms from './forms.module.css'
import { NewPasswordField } from './password-field.tsx'
import { ShopBasics } from './shop-basics.tsx'
import { useFormAction } from './use-form-action.ts'

const steps = ['you', 'shop'] as const
const ofFirstStep = ['name', 'email', 'password']

/** The very first page that an owner sees: who they are, then what shop it is. */
export function OwnerForm({ token }: { token: string }) {
  const { t, i18n } = useTranslation('accounts')
  const enter = useEnter()
  const [step, setStep] = useState(0)
  const [timeZone] = useState(ownTimeZone)
  const form = useForm({
    initialValues: {
      name: '',
      email: '',
      password: '',
      shopName: '',
      currency: guessCurrency(timeZone),
      timeZone,
    },
  })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const body = { ...values, language: i18n.language as Language }
    const { shop } = await api.post<{ shop: number }>(`/welcome/${token}`, { body })
    await enter(`/s/${shop}/start`)
  })
  // What the server found wrong must be in sight.
  const isFirstWrong = ofFirstStep.some((field) => form.errors[field] !== undefined)
  useEffect(() => {
    if (isFirstWrong) setStep(0)
  }, [isFirstWrong])
  const submit = form.onSubmit((values) => (step === 0 ? setStep(1) : void run(values)))
  return (
    <>
      <EntryHeading title={t('welcome.title')}>{t('welcome.hint')}</EntryHeading>
      <Steps current={step} />
      <form className={forms.form} onSubmit={submit}>
        {step === 0 ? <AboutYou inputProps={form.getInputProps} /> : <AboutShop form={form} />}
        <FormError error={error} />
        <div className={forms.buttons}>
          {step === 1 && (
            <Button variant="default" size="md" onClick={() => setStep(0)}>
              {t('back')}
            </Button>
          )}
          <Button type="submit" size="md" loading={isRunning} className={forms.widest}>
            {t(step === 0 ? 'welcome.next' : 'welcome.submit')}
          </Button>
        </div>
      </form>
    </>
  )
}

function Steps({ current }: { current: number }) {
  const { t } = useTranslation('accounts')
  return (
    <ol className={classes.steps} aria-label={t('welcome.steps')}>
      {steps.map((key, index) => (
        <li
          key={key}
          className={classes.step}
          aria-current={index === current ? 'step' : undefined}
          data-done={index < current || undefined}
        >
          {t(`welcome.${key}`)}
        </li>
      ))}
    </ol>
  )
}

function AboutYou({ inputProps }: { inputProps: (field: 'name' | 'email' | 'password') => object }) {
  const { t } = useTranslation('accounts')
  return (
    <>
      <TextInput
        label={t('yourName')}
        autoComplete="name"
        required
        withAsterisk={false}
        {...inputProps('name')}
      />
      <TextInput
        label={t('email')}
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        {...inputProps('email')}
      />
      <NewPasswordField {...inputProps('password')} />
    </>
  )
}

type ShopForm = {
  values: { currency: string; timeZone: string }
  getInputProps: (field: 'shopName' | 'currency' | 'timeZone') => object
}

function AboutShop({ form }: { form: ShopForm }) {
  const { t } = useTranslation('accounts')
  return (
    <>
      <TextInput
        label={t('shop.name')}
        description={t('welcome.shopHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="organization"
        required
        withAsterisk={false}
        autoFocus
        {...form.getInputProps('shopName')}
      />
      <ShopBasics values={form.values} inputProps={form.getInputProps} />
    </>
  )
}
