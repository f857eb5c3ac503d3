import { SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { switchLanguage } from '../../../web/i18n.ts'
import { type Language, languageNames, languages } from '../../../web/language.ts'
import { sessionQuery } from '../../../web/session.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { ShopSettings } from '../../accounts/contract.ts'
import { ShopFacts } from './shop-facts.tsx'
import { ShopForm } from './shop-form.tsx'
import classes from './shop-station.module.css'
import { StationCard } from './station-card.tsx'
import type { StationProps } from './station-props.ts'

/** Language, name, site, money and clock: what everything later is counted by. */
export function ShopStation({ guide, goOn }: StationProps) {
  const { t } = useTranslation('guide')
  const { id, role } = useShop()
  const path = `/shops/${id}`
  const settings = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ShopSettings>(path, { signal }),
  })
  return (
    <StationCard title={t('shop.title')} hint={t('shop.hint')}>
      <LanguageChoice />
      {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && role === 'owner' && (
        <ShopForm key={id} path={path} settings={settings.data} isDone={guide.done.shop} goOn={goOn} />
      )}
      {settings.data && role !== 'owner' && <ShopFacts settings={settings.data} goOn={goOn} />}
    </StationCard>
  )
}

/** Changes every word on the screen at once, and is remembered for this member on every device. */
function LanguageChoice() {
  const { t, i18n } = useTranslation('guide')
  const queryClient = useQueryClient()
  const [error, setError] = useState<unknown>()
  const saving = useRef(Promise.resolve())
  const save = async (language: Language) => {
    await api.patch('/account', { body: { language } })
    await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  // Who tries one after the other sees each at once; they are saved in that order, so that the last one stays.
  const change = (language: Language) => {
    setError(undefined)
    void switchLanguage(language)
    saving.current = saving.current.then(() => save(language)).catch(setError)
  }
  return (
    <div>
      <div id="guide-language" className={classes.label}>
        {t('shop.language')}
      </div>
      <SegmentedControl
        aria-labelledby="guide-language"
        value={i18n.language as Language}
        onChange={(language) => change(language as Language)}
        data={languages.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
      />
      <FormError error={error} />
    </div>
  )
}
