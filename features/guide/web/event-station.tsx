import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import classes from './event-station.module.css'
import { FirstTick } from './first-tick.tsx'
import { LatestArrivals } from './latest-arrivals.tsx'
import { RefusalHints } from './refusal-hints.tsx'
import { SilenceHelp } from './silence-help.tsx'
import { SiteHints } from './site-hints.tsx'
import { GoOn, StationCard } from './station-card.tsx'
import type { StationProps } from './station-props.ts'
import { useLatest } from './use-latest.ts'

/** Waits for the first event with the owner, says in words what came, and helps when nothing does. */
export function EventStation({ guide, goOn, goTo }: StationProps) {
  const { t } = useTranslation('guide')
  const { id } = useShop()
  const { arrivals, refusals, status } = useLatest()
  const isHere = guide.done.event || arrivals.length > 0
  return (
    <StationCard
      title={t('event.title')}
      hint={t('event.hint')}
      foot={<GoOn isDone={isHere} onClick={goOn} />}
    >
      <FirstTick isHere={isHere} status={status} accepted={Math.max(guide.accepted, arrivals.length)} />
      <LatestArrivals arrivals={arrivals} />
      <SiteHints isHere={isHere} />
      <RefusalHints refusals={refusals} />
      <SilenceHelp guide={guide} isHere={isHere} goTo={goTo} />
      {isHere && (
        <p className={classes.more}>
          <Link to="/s/$shop/debugger" params={{ shop: String(id) }}>
            {t('event.debugger')}
          </Link>
        </p>
      )}
    </StationCard>
  )
}
