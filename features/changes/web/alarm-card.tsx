import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatPercent, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import type { SeenAlarm } from '../contract.ts'
import { AlarmActions } from './alarm-actions.tsx'
import { AlarmFacets } from './alarm-facets.tsx'
import classes from './changes.module.css'
import { toneOf } from './tone-of.ts'
import { Trend } from './trend.tsx'
import { useChangeWords } from './use-change-words.ts'
import type { ChangesAddress } from './use-changes.ts'

/** Half a year is enough to see what is usual. */
const SHOWN_WEEKS = 30

/** One alarm: what changed, since when, of how many, how surely; what else goes with it; what to do. */
export function AlarmCard({ alarm, address }: { alarm: SeenAlarm; address: ChangesAddress }) {
  const { t } = useTranslation('changes')
  const { id } = useShop()
  const words = useChangeWords()
  const { metric, unit, place, audience } = alarm
  const title = words.headline(alarm)
  const openWeeks = () => {
    address.open({ place: place || undefined, audience: audience || undefined })
    document.getElementById('weeks')?.scrollIntoView({ behavior: 'smooth' })
  }
  return (
    <article
      className={classes.alarm}
      data-tone={toneOf(alarm)}
      data-fine={alarm.state === 'fine' || undefined}
    >
      <header>
        <h3>{title}</h3>
        <span className={classes.marks}>
          {alarm.state === 'new' && <Badge tone="lost">{t('state.new')}</Badge>}
          {alarm.state === 'seen' && <Badge tone="even">{t('state.seen')}</Badge>}
          {alarm.state === 'fine' && <Badge tone="won">{t('state.fine')}</Badge>}
          {!alarm.isOn && <Badge>{t('state.over')}</Badge>}
        </span>
      </header>
      <p className={classes.lead}>
        {t(`body.${metric}`, {
          before: words.write(metric, alarm.before, unit),
          after: words.write(metric, alarm.after, unit),
          day: words.day(alarm.fromDay),
        })}
      </p>
      {alarm.orders && (
        <p>
          {t('body.orders', {
            own: words.write('effect', alarm.orders.own),
            others: words.write('effect', alarm.orders.others),
            low: words.points(alarm.orders.low),
            high: words.points(alarm.orders.high),
            count: alarm.orders.n,
          })}
        </p>
      )}
      <Trend
        metric={metric}
        unit={unit}
        place={place}
        points={alarm.trend.slice(-SHOWN_WEEKS)}
        fromDay={alarm.fromDay}
        tone={toneOf(alarm)}
        label={title}
      />
      <AlarmFacets alarm={alarm} />
      <Sureness alarm={alarm} />
      {alarm.decisions.length > 0 && (
        <p className={classes.note}>
          {t('decisions')} {alarm.decisions.map((one) => `${one.title} (${words.day(one.day)})`).join('; ')}.{' '}
          <Link to="/s/$shop/decisions" params={{ shop: String(id) }}>
            {t('toDecisions')}
          </Link>
        </p>
      )}
      <div className={classes.actions} data-not-in-picture>
        <AlarmActions alarm={alarm} />
        <Button variant="subtle" size="compact-sm" onClick={openWeeks}>
          {t('action.weeks')}
        </Button>
      </div>
    </article>
  )
}

function Sureness({ alarm }: { alarm: SeenAlarm }) {
  const { t } = useTranslation('changes')
  const { write, points, count } = useChangeWords()
  const locale = useLocale()
  const { metric, low, high, n, past } = alarm
  const range =
    metric === 'speed'
      ? t('sure.times', { low: formatPercent(low, locale), high: formatPercent(high, locale) })
      : metric === 'said'
        ? t('sure.said', { low: write('said', low), high: write('said', high) })
        : t('sure.points', { low: points(low), high: points(high) })
  return (
    <p className={classes.note}>
      {range} {t('sure.of', { n: count(n), past: count(past) })} {t('sure.chance')}
    </p>
  )
}
