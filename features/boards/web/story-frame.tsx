import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { linkTo } from './link-to.ts'
import classes from './today.module.css'

type FrameProps = {
  isLead: boolean
  /** What it rests on, in a few small words. */
  rests?: ReactNode
  path: string
  search: string
  children: ReactNode
}

/** The sentence carries the page; below it, small, what it rests on, which is also the way to it. */
export function StoryFrame({ isLead, rests, path, search, children }: FrameProps) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  return (
    <article className={isLead ? classes.lead : classes.small}>
      <p className={classes.sentence}>{children}</p>
      <p className={classes.rests}>
        {rests} <Link {...linkTo(id, path, search)}>{t('today.look')}</Link>
      </p>
    </article>
  )
}
