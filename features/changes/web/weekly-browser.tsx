import { useTranslation } from 'react-i18next'
import type { Language } from '../../../web/language.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Chooser } from '../../reports/web/parts.ts'
import type { ChangesAnswer, WeeklyAnswer, WeeklyTrend } from '../contract.ts'
import classes from './changes.module.css'
import { type ChangesSearch, keepKnown } from './changes-search.ts'
import { chooseHeadline } from './choose-headline.ts'
import { Trend } from './trend.tsx'
import { useChangeWords } from './use-change-words.ts'
import { type ChangesAddress, useRegistryQuery, useWeekly } from './use-changes.ts'

const NOBODY = 'everybody'
const WHOLE = 'whole'

/** All metrics of one touchpoint for one audience, week by week. */
export function WeeklyBrowser({ answer, address }: { answer: ChangesAnswer; address: ChangesAddress }) {
  const { t } = useTranslation('changes')
  const { change } = address
  const { search, isReady } = useKnown(answer, address.search)
  const query = useWeekly(isReady ? search : undefined)
  const { audienceName } = useChangeWords()
  const places = usePlaces(search.place)
  return (
    <div id="weeks" className={classes.weeks}>
      <Section title={t('weeks.title')} hint={t('weeks.hint')}>
        <div className={classes.choosers} data-not-in-picture>
          <Chooser
            label={t('weeks.place')}
            value={search.place ?? WHOLE}
            data={places}
            onChoose={(place) => change({ place: place === WHOLE ? undefined : place })}
          />
          <Chooser
            label={t('weeks.audience')}
            value={search.audience ?? NOBODY}
            data={[
              { value: NOBODY, label: t('everybody') },
              ...answer.audiences.map(({ key }) => ({ value: key, label: audienceName(key) })),
            ]}
            onChoose={(audience) => change({ audience: audience === NOBODY ? undefined : audience })}
          />
        </div>
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {!query.data && !query.isError && <p aria-busy="true">{t('weeks.loading')}</p>}
        {query.data && !query.isError && <Weeks weekly={query.data} />}
      </Section>
    </div>
  )
}

/** What of the question the shop still has; told once its registry is there, or can't be had. */
function useKnown({ audiences }: ChangesAnswer, search: ChangesSearch) {
  const { data, isPending } = useRegistryQuery()
  return { search: data ? keepKnown(search, data.registry, audiences) : search, isReady: !isPending }
}

/** Touchpoints by their stage, and the chosen one while they aren't known yet. */
function usePlaces(chosen: string | undefined) {
  const { t, i18n } = useTranslation('changes')
  const { stages, touchpoints, placeName } = useChangeWords()
  const groups = stages
    .map(({ key, name }) => ({
      group:
        name?.[i18n.language as Language] ??
        (t as unknown as Say)(`touchpoints:stages.${key}`, { defaultValue: key.replaceAll('_', ' ') }),
      items: touchpoints
        .filter((one) => one.isOn && one.stage === key)
        .flatMap((one) => [
          one.key,
          ...(one.standards.length > 1 ? one.standards.map(({ measure }) => `${one.key}.${measure}`) : []),
        ])
        .map((value) => ({ value, label: placeName(value) })),
    }))
    .filter(({ items }) => items.length > 0)
  const isListed =
    chosen === undefined || groups.some(({ items }) => items.some(({ value }) => value === chosen))
  const other = isListed ? [] : [{ value: chosen, label: placeName(chosen) }]
  return [{ value: WHOLE, label: t('whole') }, ...other, ...groups]
}

type Say = (key: string, values?: object) => string

function Weeks({ weekly }: { weekly: WeeklyAnswer }) {
  const { t } = useTranslation('changes')
  if (weekly.trends.length === 0) return <p data-quiet>{t('weeks.none')}</p>
  return (
    <div className={classes.grid}>
      {weekly.trends.map(({ metric, points }) => {
        const name = t(metric === 'speed' && weekly.isUpper ? 'metric.upper' : `metric.${metric}`)
        return (
          <section key={metric} className={classes.metric}>
            <h3>{name}</h3>
            <Headline metric={metric} unit={weekly.unit} points={points} />
            <Trend
              metric={metric}
              unit={weekly.unit}
              place={weekly.touchpoint}
              points={points}
              label={name}
            />
          </section>
        )
      })}
    </div>
  )
}

/** How it is now. */
function Headline({ metric, unit, points }: WeeklyTrend & Pick<WeeklyAnswer, 'unit'>) {
  const { t } = useTranslation('changes')
  const { write, day } = useChangeWords()
  const found = chooseHeadline(points)
  if (!found) return <p className={classes.now}>{t('weeks.few')}</p>
  const { point, isLast, number, range } = found
  return (
    <p className={classes.now}>
      {number !== undefined && <strong>{write(metric, number, unit)}</strong>}{' '}
      {range && (
        <span>
          {t(isLast ? 'weeks.range' : 'weeks.rangeOn', {
            day: day(point.day),
            low: write(metric, range.low, unit),
            high: write(metric, range.high, unit),
            count: point.n,
          })}
        </span>
      )}
    </p>
  )
}
