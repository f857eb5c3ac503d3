import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from '../use-translation.ts'
import classes from './filter-bar.module.css'

type FilterBarProps = {
  /** A `SearchField` and Mantine inputs, each with a label of its own. */
  children: ReactNode
  /** How many filters narrow the list now. */
  active?: number
  onReset?: () => void
}

/** What narrows the list below it, in one row; the way back to everything appears when something is narrowed. */
export function FilterBar({ children, active = 0, onReset }: FilterBarProps) {
  const { t } = useTranslation('ui')
  return (
    <search className={classes.bar}>
      {children}
      {active > 0 && onReset && (
        <Button variant="subtle" size="sm" onClick={onReset}>
          {t('filter.reset', { count: active })}
        </Button>
      )}
    </search>
  )
}
