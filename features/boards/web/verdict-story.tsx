import { formatDay, formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Story } from './news.ts'
import { StoryFrame } from './story-frame.tsx'

type VerdictStoryProps = { story: Extract<Story, { kind: 'verdict' }>; isLead: boolean }

/** What a decision of the shop has brought. */
export function VerdictStory({ story, isLead }: VerdictStoryProps) {
  const { decision, measure, change, isCausal } = story
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { difference, low, high } = change
  // Shares are told in points: a percent of a percent misleads.
  const times = measure === 'said' ? 1 : 100
  const write = (value: number) => formatNumber(times * value, locale, { signed: true, digits: 1 })
  const said = t(`story.change.${measure}`, {
    value: write(difference),
    low: write(low),
    high: write(high),
  })
  const way = difference > 0 ? 'Better' : 'Worse'
  return (
    <StoryFrame
      isLead={isLead}
      rests={`${t(isCausal ? 'story.decisionFrom' : 'story.decisionAlone', { day: formatDay(decision.day, locale) })}.`}
      path="decisions"
      search={`decision=${decision.id}`}
    >
      {t(isCausal ? `story.decision${way}` : `story.after${way}`, { title: decision.title, change: said })}
    </StoryFrame>
  )
}
