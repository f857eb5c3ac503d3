import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Sentence } from '../../journeys/contract.ts'
import { SentenceText, useNames } from '../../journeys/web/parts.ts'
import { linkTo } from './link-to.ts'
import type { Story } from './news.ts'
import classes from './today.module.css'
import { NEWS_DAYS } from './use-news.ts'

/** A story in a sentence, what it rests on, and the way to the report that says so. */
export function StoryText({ story, isLead = false }: { story: Story; isLead?: boolean }) {
  switch (story.kind) {
    case 'map':
      return <MapStory sentence={story.sentence} isLead={isLead} />
    default:
      return null
  }
}

type FrameProps = {
  isLead: boolean
  /** What it rests on, in a few small words. */
  rests: ReactNode
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

function MapStory({ sentence, isLead }: { sentence: Sentence; isLead: boolean }) {
  const { t } = useTranslation('boards')
  const names = useNames({})
  const { stage, touchpoint } = sentence
  const asked = { period: String(NEWS_DAYS), compare: 'previous', ...(stage && { stage }) }
  const search = new URLSearchParams({ ...asked, ...(stage && touchpoint && { touchpoint }) })
  return (
    <StoryFrame isLead={isLead} rests={`${t('story.map')}.`} path="map" search={search.toString()}>
      <SentenceText sentence={sentence} names={names} />
    </StoryFrame>
  )
}
