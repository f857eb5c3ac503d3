import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import classes from './station-card.module.css'

type StationCardProps = {
  title: string
  hint: ReactNode
  children: ReactNode
  /** The buttons at the end: `GoOn`, after the one thing to do here when there is one. */
  foot?: ReactNode
}

/** The card of a station: what it is for, what to do, and the way on. */
export function StationCard({ title, hint, children, foot }: StationCardProps) {
  return (
    <Section title={title} hint={hint}>
      <div className={classes.content}>{children}</div>
      {foot && <Foot>{foot}</Foot>}
    </Section>
  )
}

export function Foot({ children }: { children: ReactNode }) {
  return <div className={classes.foot}>{children}</div>
}

type GoOnProps = { isDone: boolean; isQuiet?: boolean; onClick: () => void }

/** The way on, which nothing can bar: what isn't done is passed by. */
export function GoOn({ isDone, isQuiet = false, onClick }: GoOnProps) {
  const { t } = useTranslation('guide')
  return (
    <Button variant={isDone && !isQuiet ? 'filled' : 'subtle'} onClick={onClick}>
      {t(isDone ? 'goOn' : 'skip')}
    </Button>
  )
}
