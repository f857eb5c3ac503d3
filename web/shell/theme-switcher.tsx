import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from '../use-translation.ts'
import classes from './switcher.module.css'

const schemes = ['auto', 'light', 'dark'] as const

export function ThemeSwitcher() {
  const { t } = useTranslation('shell')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const label = useId()
  return (
    <div className={classes.switcher}>
      <span id={label} className={classes.label}>
        {t('theme.label')}
      </span>
      <SegmentedControl
        aria-labelledby={label}
        fullWidth
        size="sm"
        value={colorScheme}
        onChange={setColorScheme}
        data={schemes.map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
    </div>
  )
}
