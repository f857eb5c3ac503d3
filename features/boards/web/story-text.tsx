import { useTranslation } from '../../../web/use-translation.ts'
import type { Sentence } from '../../journeys/contract.ts'
import { SentenceText, useNames } from '../../journeys/web/parts.ts'
import { NEWS_DAYS } from '../vocabulary.ts'
import { AlarmStory } from './alarm-story.tsx'
import { DriverStory } from './driver-story.tsx'
import type { Story } from './news.ts'
import { StoryFrame } from './story-frame.tsx'
import { VerdictStory } from './verdict-story.tsx'

/** A story in a sentence, what it rests on, and the way to the report that says so. */
export function StoryText({ story, isLead = false }: { story: Story; isLead?: boolean }) {
  switch (story.kind) {
    case 'map':
      return <MapStory sentence={story.sentence} isLead={isLead} />
    case 'driver':
      return <DriverStory story={story} isLead={isLead} />
    case 'verdict':
      return <VerdictStory story={story} isLead={isLead} />
    case 'alarm':
      return <AlarmStory story={story} isLead={isLead} />
    case 'due':
      return (
        <StoryFrame isLead={isLead} path="reviews" search="">
          <DueText count={story.count} />
        </StoryFrame>
      )
  }
}

function DueText({ count }: { count: number }) {
  const { t } = useTranslation('boards')
  return t('story.reviewsDue', { count })
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
