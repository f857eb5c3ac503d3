import { IconCode, IconFileSpreadsheet, IconPlant2, IconPlug } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import classes from './connect-station.module.css'
import { DemoWay } from './demo-way.tsx'
import { FileWay } from './file-way.tsx'
import { SegmentWay } from './segment-way.tsx'
import { GoOn, StationCard } from './station-card.tsx'
import type { StationProps } from './station-props.ts'
import { TrackerWay } from './tracker-way.tsx'

const ways = ['tracker', 'segment', 'file', 'demo'] as const
type Way = (typeof ways)[number]

const icons: Record<Way, typeof IconCode> = {
  tracker: IconCode,
  segment: IconPlug,
  file: IconFileSpreadsheet,
  demo: IconPlant2,
}

const parts: Record<Way, (props: Pick<StationProps, 'guide' | 'goTo'>) => React.ReactNode> = {
  tracker: TrackerWay,
  segment: SegmentWay,
  file: FileWay,
  demo: DemoWay,
}

/** Four ways in, side by side, with whom each suits; the chosen one opens below. They go well together. */
export function ConnectStation({ guide, goOn, goTo }: StationProps) {
  const { t } = useTranslation('guide')
  const search = useSearch({ strict: false }) as { way?: string }
  const chosen = ways.find((way) => way === search.way) ?? 'tracker'
  const Part = parts[chosen]
  return (
    <StationCard
      title={t('connect.title')}
      hint={t('connect.hint')}
      foot={
        <GoOn isDone={guide.done.connect || chosen !== 'file'} isQuiet={chosen === 'file'} onClick={goOn} />
      }
    >
      <nav aria-label={t('connect.ways')} className={classes.ways}>
        {ways.map((way) => (
          <WayLink key={way} way={way} isChosen={way === chosen} />
        ))}
      </nav>
      <Part guide={guide} goTo={goTo} />
    </StationCard>
  )
}

function WayLink({ way, isChosen }: { way: Way; isChosen: boolean }) {
  const { t } = useTranslation('guide')
  const params = { shop: String(useShop().id) }
  const Icon = icons[way]
  return (
    <Link
      to="/s/$shop/start"
      params={params}
      search={{ step: 'connect', way }}
      resetScroll={false}
      replace
      className={classes.way}
      activeProps={{ 'aria-current': 'true' }}
      aria-current={isChosen ? 'true' : undefined}
    >
      <Icon size={24} stroke={1.6} aria-hidden="true" />
      <strong>{t(`way.${way}`)}</strong>
      <span>{t(`waySuits.${way}`)}</span>
    </Link>
  )
}
