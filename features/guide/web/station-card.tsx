import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import classes from './station-card.module.css'

type StationCardProps = {
  title: string
  hint: ReactNode
  children: ReactNode
  /** The one thing to do here, when it isn't just going on. */
  action?: ReactNode
  goOn: () => void
  isDone: boolean
}

/** The card of a station: what it is for, what to do, and the way on, which nothing can bar. */
export function StationCard({ title, hint, children, action, goOn, isDone }: StationCardProps) {
  const { t } = useTranslation('guide')
  return (
    <Section title={title} hint={hint}>
      <div className={classes.content}>{children}</div>
      <div className={classes.foot}>
        {action}
        <Button variant={isDone && !action ? 'filled' : 'subtle'} onClick={goOn}>
          {t(isDone ? 'goOn' : 'skip')}
        </Button>
      </div>
    </Section>
  )
}
