import { Button, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { type Language, languageNames, languages } from '../../../web/language.ts'
import { useSession } from '../../../web/session.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { ShopSettings } from '../../accounts/contract.ts'
import { ShopBasics, useFormAction } from '../../accounts/web/parts.ts'
import { guessDomain } from './server-address.ts'
import classes from './shop-station.module.css'
import { Foot, GoOn } from './station-card.tsx'

type ShopFormProps = { path: string; settings: ShopSettings; isDone: boolean; goOn: () => void }

const below = ['label', 'input', 'description', 'error'] as const

/** The settings without which nothing is counted rightly; all others stand in the settings. */
export function ShopForm({ path, settings, isDone, goOn }: ShopFormProps) {
  const { t } = useTranslation('guide')
  const queryClient = useQueryClient()
  const { name, currency, timeZone, language } = settings
  const [site = '', ...otherSites] = settings.domains
  // The field is called as the server calls it, so that its complaint finds the way.
  const form = useForm({ initialValues: { name, currency, timeZone, language, domains: site } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const domains = [values.domains.trim(), ...otherSites].filter((domain) => domain !== '')
    await api.patch(path, { body: { ...values, domains } })
    await queryClient.invalidateQueries()
    goOn()
  })
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => void run(values))}>
      <div className={classes.pair}>
        <TextInput label={t('shop.name')} required withAsterisk={false} {...form.getInputProps('name')} />
        <Site inputProps={form.getInputProps('domains')} fill={(one) => form.setFieldValue('domains', one)} />
      </div>
      <ShopBasics values={form.values} inputProps={form.getInputProps} />
      <Select
        label={t('shop.customerLanguage')}
        description={t('shop.customerLanguageWhy')}
        inputWrapperOrder={[...below]}
        allowDeselect={false}
        data={languages.map((value: Language) => ({ value, label: languageNames[value] }))}
        {...form.getInputProps('language')}
      />
      <FormError error={error} />
      <Foot>
        <Button type="submit" loading={isRunning}>
          {t('shop.save')}
        </Button>
        <GoOn isDone={isDone} isQuiet onClick={goOn} />
      </Foot>
    </form>
  )
}

type SiteProps = { inputProps: { value?: string }; fill: (domain: string) => void }

/** The site's address, with the one that the owner's own mailbox suggests. */
function Site({ inputProps, fill }: SiteProps) {
  const { t } = useTranslation('guide')
  const guess = guessDomain(useSession().member.email)
  return (
    <div>
      <TextInput
        label={t('shop.site')}
        description={t('shop.siteWhy')}
        inputWrapperOrder={[...below]}
        placeholder="shop.example.com"
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        {...inputProps}
      />
      {guess && inputProps.value === '' && (
        <Button variant="light" size="xs" className={classes.guess} onClick={() => fill(guess)}>
          {t('shop.siteGuess', { domain: guess })}
        </Button>
      )}
    </div>
  )
}
