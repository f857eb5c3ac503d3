import { Popover, UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './definition.module.css'

/** What a term means and how it is counted, one click away from the term. */
export function Definition({ term, children }: { term: string; children: ReactNode }) {
  const { t } = useTranslation('ui')
  return (
    <Popover width={300} position="top" withArrow arrowSize={10}>
      <Popover.Target>
        <UnstyledButton className={classes.button} aria-label={t('definition', { term })}>
          <IconInfoCircle size={16} stroke={1.7} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.note}>
        <strong>{term}</strong>
        <div>{children}</div>
      </Popover.Dropdown>
    </Popover>
  )
}
