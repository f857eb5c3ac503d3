import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import type { ReadingBin, Readings } from '../contract.ts'
import type { MapView } from './map-view.ts'
import classes from './stage-readings.module.css'
import { listTicks, outcomesOf } from './stage-readings-layout.ts'
import { formatReading, useStandardWords } from './standard-words.ts'

/** What the standards of a stage measured: how the readings spread, and on which side of the thresholds. */
export function StageReadings({ readings, view }: { readings: Readings[]; view: MapView }) {
  const { t } = useTranslation('journeys')
  if (readings.length === 0)
    return (
      <Section title={t('stagePage.readings.title')}>
        <p data-quiet>{t('stagePage.readings.none')}</p>
      </Section>
    )
  return (
    <Section title={t('stagePage.readings.title')} hint={t('stagePage.readings.hint')}>
      <div className={classes.cards}>
        {readings.map((one) => (
          <Spread key={`${one.touchpoint} ${one.standard.measure}`} of={one} view={view} />
        ))}
      </div>
    </Section>
  )
}

function Spread({ of, view }: { of: Readings; view: MapView }) {
  const { t } = useTranslation('journeys')
  const words = useStandardWords()
  const { standard, touchpoint, bins } = of
  const title = view.names.touchpoint(touchpoint)
  return (
    <article className={classes.card}>
      <h3>{title}</h3>
      <p className={classes.measure}>
        {view.names.measure(standard.measure)}: <span data-tone="won">{words.good(standard)}</span> ·{' '}
        <span data-tone="lost">{words.bad(standard)}</span>
      </p>
      {bins.length === 0 ? (
        <p className={classes.few} data-quiet>
          {t('fewData')}
        </p>
      ) : (
        <>
          {standard.unit === 'yes_no' ? <YesNo of={of} /> : <Histogram of={of} />}
          <Summary of={of} />
        </>
      )}
      <p className={classes.source}>
        {t('stagePage.readings.count', { count: of.readings })} · {t('persons', { count: of.persons })}
        {' · '}
        <span title={t(`touchpoints:sourceWords.${standard.source}`)}>
          {t('stagePage.readings.source', { source: t(`touchpoints:sources.${standard.source}`) })}
        </span>
      </p>
    </article>
  )
}

const TONES = { kept: 'won', between: 'even', missed: 'lost' } as const

function Histogram({ of }: { of: Readings }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const { bins, standard } = of
  const most = Math.max(1, ...bins.map(({ n }) => n))
  const write = (value: number) => formatReading(value, standard.unit, locale)
  return (
    <div className={classes.histogram}>
      <ol className={classes.bars}>
        {bins.map((bin) => (
          <li key={`${bin.from} ${bin.to}`} data-tone={TONES[bin.outcome]}>
            <span
              className={classes.bar}
              style={{ height: `${bin.n === 0 ? 0 : Math.max(1.5, (bin.n / most) * 100)}%` }}
              title={`${nameOf(bin, write, t)}: ${formatNumber(bin.n, locale)}`}
            />
            <span className="only-spoken">
              {nameOf(bin, write, t)}: {formatNumber(bin.n, locale)} (
              {formatPercent(bin.n / Math.max(1, of.readings), locale)}),{' '}
              {t(`stagePage.readings.${bin.outcome}`)}
            </span>
          </li>
        ))}
      </ol>
      <div className={classes.ticks} aria-hidden="true">
        {listTicks(bins, standard).map(({ value, at, tone }) => (
          <span key={value} data-tone={tone} style={{ left: `${at * 100}%` }}>
            {write(value)}
          </span>
        ))}
      </div>
    </div>
  )
}

function nameOf(
  { from, to }: ReadingBin,
  write: (value: number) => string,
  t: ReturnType<typeof useTranslation<'journeys'>>['t'],
): string {
  if (from === null) return t('stagePage.readings.upTo', { to: write(to ?? 0) })
  if (to === null) return t('stagePage.readings.above', { from: write(from) })
  return t('range', { low: write(from), high: write(to) })
}

function YesNo({ of }: { of: Readings }) {
  return (
    <div className={classes.share} aria-hidden="true">
      {outcomesOf(of)
        .filter(({ share }) => share > 0)
        .map(({ outcome, share }) => (
          <span key={outcome} data-tone={TONES[outcome]} style={{ flexGrow: share }} />
        ))}
    </div>
  )
}

/** The same in words: how many were good, how many bad, and where the middle lies. */
function Summary({ of }: { of: Readings }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const { standard, quartiles } = of
  const write = (value: number) => formatReading(value, standard.unit, locale)
  return (
    <>
      <ul className={classes.outcomes}>
        {outcomesOf(of)
          .filter(({ n, outcome }) => n > 0 || outcome !== 'between')
          .map(({ outcome, n, share }) => (
            <li key={outcome} data-tone={TONES[outcome]}>
              <b className="num">{formatPercent(share, locale)}</b> {t(`stagePage.readings.${outcome}`)}{' '}
              <small className="range">{formatNumber(n, locale)}</small>
            </li>
          ))}
      </ul>
      {quartiles && standard.unit !== 'yes_no' && (
        <p className={classes.middle}>
          {standard.basis === 'p75'
            ? t('stagePage.readings.loads', { most: write(quartiles.most) })
            : t('stagePage.readings.middle', {
                half: write(quartiles.half),
                nearlyAll: write(quartiles.nearlyAll),
              })}
        </p>
      )}
    </>
  )
}
