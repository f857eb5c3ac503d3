import { Button } from '@mantine/core'
import { IconFileImport, IconMoodSmile, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { Section } from '../../../web/ui/section.tsx'
import classes from './map-station.module.css'
import { Notice } from './notice.tsx'
import type { StationProps } from './station-props.ts'

const next = [
  { key: 'people', to: '/s/$shop/people', icon: IconMoodSmile },
  { key: 'imports', to: '/s/$shop/imports/new', icon: IconFileImport },
  { key: 'members', to: '/s/$shop/settings/members', icon: IconUsersGroup },
] as const

/** Where the guide ends and the customers' path begins. */
export function MapStation({ guide, goTo }: StationProps) {
  const { t } = useTranslation('guide')
  const navigate = useNavigate()
  const params = { shop: String(useShop().id) }
  const isReady = guide.done.event
  return (
    <Section
      title={t(isReady ? 'map.title' : 'map.titleEmpty')}
      hint={t(isReady ? 'map.hint' : 'map.hintEmpty')}
    >
      <Walk />
      <div className={classes.buttons}>
        <Button size="md" onClick={() => void navigate({ to: '/s/$shop/map', params })}>
          {t('map.open')}
        </Button>
        {!isReady && (
          <Button size="md" variant="default" onClick={() => goTo('connect')}>
            {t('map.back')}
          </Button>
        )}
      </div>
      <h3 className={classes.then}>{t('map.then')}</h3>
      <ul className={classes.next}>
        {next.map(({ key, to, icon: Icon }) => (
          <li key={key}>
            <Link to={to} params={params}>
              <Icon size={22} stroke={1.6} aria-hidden="true" />
              <span>
                <strong>{t(`next.${key}`)}</strong>
                {t(`nextWhy.${key}`)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {isReady && !guide.done.reach && <Notice tone="quiet" title={t('map.reachOpen')} />}
    </Section>
  )
}

/** A path that goes up and on: decoration only. */
function Walk() {
  return (
    <svg className={classes.walk} viewBox="0 0 620 120" aria-hidden="true">
      <path className={classes.middle} d="M0 84H620" />
      <path
        className={classes.curve}
        pathLength="1"
        d="M14 92C70 92 70 60 124 60S176 74 228 74 286 24 340 24 396 52 452 52 520 18 604 18"
      />
      {[
        [14, 92],
        [124, 60],
        [228, 74],
        [340, 24],
        [452, 52],
        [604, 18],
      ].map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="6.5" />
      ))}
    </svg>
  )
}
