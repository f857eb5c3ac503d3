import { SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import { switchLanguage } from '../i18n.ts'
import { type Language, languageNames, languages } from '../language.ts'
import { useTranslation } from '../use-translation.ts'
import classes from './switcher.module.css'

export function LanguageSwitcher() {
  const { t, i18n } = useTranslation('shell')
  const label = useId()
  return (
    <div className={classes.switcher}>
      <span id={label} className={classes.label}>
        {t('language')}
      </span>
      <SegmentedControl
        aria-labelledby={label}
        fullWidth
        size="sm"
        value={i18n.language as Language}
        onChange={switchLanguage}
        data={languages.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
      />
    </div>
  )
}
