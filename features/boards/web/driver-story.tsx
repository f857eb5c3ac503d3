import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { USUAL_DAYS, useDriverFigures, useDriverNames } from '../../drivers/web/parts.ts'
import type { Story } from './news.ts'
import { StoryFrame } from './story-frame.tsx'

type DriverStoryProps = { story: Extract<Story, { kind: 'driver' }>; isLead: boolean }

/** What to mend: what it is called, what it costs, and what mending may bring. */
export function DriverStory({ story: { driver, outcome, days }, isLead }: DriverStoryProps) {
  const { t } = useTranslation('boards')
  const { currency } = useShop()
  const { nameOf } = useDriverNames()
  const words = useDriverFigures(outcome, currency)
  const { effect, money, exposed, key } = driver
  if (!effect) return null
  const search = new URLSearchParams({ days: String(USUAL_DAYS[outcome]), outcome, driver: key })
  const sum = money?.margin ?? money?.revenue
  const span = t('story.days', { count: days })
  return (
    <StoryFrame
      isLead={isLead}
      rests={`${t('story.data', { days: span })}. ${t('story.exposed', { count: exposed })}.`}
      path="drivers"
      search={search.toString()}
    >
      <strong>{nameOf(driver)}</strong>: {words.whole(effect)}.
      {sum &&
        ` ${t(money?.margin ? 'story.driverMargin' : 'story.driverRevenue', {
          money: words.money(sum.value),
          range: words.moneyRange(sum),
          days: span,
        })}`}
    </StoryFrame>
  )
}
