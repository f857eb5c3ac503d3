import { IconRefresh } from '@tabler/icons-react'
import { formatDay, formatInstant, formatPercent, useLocale } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { Definition } from '../../../web/ui/definition.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapMeta } from '../contract.ts'
import classes from './map-facts.module.css'

/** What the map rests on: its days, its people, and as of when. Keeps its place while it is on its way. */
export function MapFacts({ meta }: { meta: MapMeta | undefined }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const zone = useTimeZone()
  if (!meta) return <span className={classes.waiting}>{t('waiting')}</span>
  const facts = [
    `${formatDay(meta.fromDay, locale)} – ${formatDay(meta.toDay, locale)}`,
    t('persons', { count: meta.persons }),
    t('asOf', { time: formatInstant(new Date(meta.computedAt), locale, zone, 'time') }),
  ]
  return (
    <span className={classes.facts}>
      {facts.join(' · ')}
      <Definition term={t('facts.name')}>
        <ul className={classes.list}>
          <li>{t('facts.events', { count: meta.events })}</li>
          <li>{t('facts.contacts', { count: meta.contacts })}</li>
          <li>
            {t('facts.unidentified', { share: formatPercent(meta.unidentifiedShare, locale, { digits: 1 }) })}
          </li>
          <li>{t('facts.rejected', { count: meta.rejected })}</li>
          <li>{t('facts.duplicates', { count: meta.duplicates })}</li>
          <li>{t('facts.zone', { zone: meta.timeZone })}</li>
          <li>{t('facts.rules', { version: meta.rulesVersion })}</li>
        </ul>
      </Definition>
    </span>
  )
}

/** What has to be known before the figures are believed: rules are still being applied, or data come late. */
export function MapNotices({ meta }: { meta: MapMeta }) {
  const { t } = useTranslation('journeys')
  const isLate = meta.lagSeconds > 120
  if (meta.unclassified === 0 && !isLate) return null
  return (
    <div className={classes.notice} data-tone="even" role="status">
      <IconRefresh size={17} stroke={1.8} aria-hidden="true" />
      <span>
        {meta.unclassified > 0 && t('notice.unclassified', { count: meta.unclassified })}{' '}
        {isLate && t('notice.late', { count: Math.round(meta.lagSeconds / 60) })}
      </span>
    </div>
  )
}
