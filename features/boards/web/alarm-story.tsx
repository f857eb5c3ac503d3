import { useTranslation } from '../../../web/use-translation.ts'
import { useChangeWords } from '../../changes/web/parts.ts'
import type { Story } from './news.ts'
import { StoryFrame } from './story-frame.tsx'

type AlarmStoryProps = { story: Extract<Story, { kind: 'alarm' }>; isLead: boolean }

/** What changed for sure from one week to the next: since when, from what to what, and what that means for orders. */
export function AlarmStory({ story: { alarm }, isLead }: AlarmStoryProps) {
  const { t } = useTranslation('changes')
  const words = useChangeWords()
  const { metric, before, after, unit, fromDay, orders, n } = alarm
  const from = words.write(metric, before, unit)
  const to = words.write(metric, after, unit)
  return (
    <StoryFrame isLead={isLead} rests={t('boards:story.alarmRests', { count: n })} path="changes" search="">
      <strong>{words.headline(alarm)}</strong>.{' '}
      {t(`body.${metric}`, { before: from, after: to, day: words.day(fromDay) })}
      {orders &&
        ` ${t('body.orders', {
          own: words.write('effect', orders.own),
          others: words.write('effect', orders.others),
          low: words.points(orders.low),
          high: words.points(orders.high),
          count: orders.n,
        })}`}
    </StoryFrame>
  )
}
