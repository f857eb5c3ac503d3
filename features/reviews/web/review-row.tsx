import { Button } from '@mantine/core'
import { IconFlag3 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FLOOR_NUMBER, FLOOR_WORD } from '../../../kernel/stats/floors.ts'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import type { Tone } from '../../../web/ui/tone.ts'
import { DecisionFlags, findWeekOf, VerdictBadge } from '../../decisions/web/parts.tsx'
import type { Review, ReviewFigures } from '../contract.ts'
import type { Due } from '../vocabulary.ts'
import classes from './reviews.module.css'
import { drawSparkline } from './sparkline.ts'
import { type Names, useMayCheck } from './use-reviews.ts'

type RowProps = {
  review: Review
  /** The first day of each week. */
  days: readonly string[]
  names: Names
  onCheck: () => void
  onOpen: () => void
}

const TONES: Partial<Record<Due, Tone>> = { overdue: 'lost', week: 'even' }

export function ReviewRow({ review, days, names, onCheck, onOpen }: RowProps) {
  const { t } = useTranslation('reviews')
  const may = useMayCheck()
  const shop = useShop()
  const name = names.touchpoint(review.touchpoint)
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h3>
          <Link
            to="/s/$shop/map/stage/$stage"
            params={{ shop: String(shop.id), stage: review.stage }}
            className={classes.name}
          >
            {name}
          </Link>
        </h3>
        <p className={classes.quiet}>{names.stage(review.stage)}</p>
        <DueText review={review} />
        <p className={classes.quiet}>
          {review.ownerName === null ? t('noOwner') : t('owner', { name: review.ownerName })}
        </p>
      </div>
      <Trend of="said" review={review} days={days} />
      <Trend of="kept" review={review} days={days} />
      <Known review={review} />
      <div className={classes.actions}>
        {may.check && (
          <Button size="compact-md" variant="light" aria-label={t('check.of', { name })} onClick={onCheck}>
            {t('check.do')}
          </Button>
        )}
        <Button size="compact-md" variant="subtle" aria-label={t('open.of', { name })} onClick={onOpen}>
          {t(may.settle ? 'open.settle' : 'open.history')}
        </Button>
      </div>
    </li>
  )
}

function DueText({ review }: { review: Review }) {
  const { t } = useTranslation('reviews')
  const { due, daysLeft, nextOn, everyWeeks } = review
  const writeDue = () => {
    if (due === 'overdue') return t('late', { count: -(daysLeft ?? 0) })
    if (due !== 'week' || daysLeft === null) return t(`due.${due}`)
    return daysLeft === 0 ? t('today') : t('inDays', { count: daysLeft })
  }
  return (
    <div className={classes.due}>
      <Badge tone={TONES[due] ?? 'quiet'}>{writeDue()}</Badge>
      <span className={classes.quiet}>
        {nextOn !== null && due !== 'week' && (
          <>
            <DayText day={nextOn} />
            {everyWeeks !== null && ' · '}
          </>
        )}
        {everyWeeks !== null && t('every', { count: everyWeeks })}
      </span>
    </div>
  )
}

const BOUNDS = { said: { low: -100, high: 100 }, kept: { low: 0, high: 1 } }

/** Half a year week by week, with what the last eight weeks come to and where the eight before stood. */
function Trend({ of, review, days }: { of: 'said' | 'kept' } & Pick<RowProps, 'review' | 'days'>) {
  const { t } = useTranslation('reviews')
  const { write, range } = useLevels(of)
  const path = drawSparkline(
    review.weeks.map((week) => week[of]),
    BOUNDS[of],
  )
  const now = review.now[of]
  const before = review.before[of]
  const isTold = now !== null && now.n >= FLOOR_WORD
  return (
    <div className={classes.trend} data-of={of}>
      <span className={classes.caption}>{t(`trend.${of}`)}</span>
      {isTold ? (
        <span className={classes.level}>
          {now.n >= FLOOR_NUMBER && <strong>{write(now.mean)}</strong>}{' '}
          <small className="range">{range(now)}</small>
        </span>
      ) : (
        <span data-quiet>{t(of === 'kept' && !review.hasStandard ? 'noStandard' : 'ui:fewData')}</span>
      )}
      {path !== '' && (
        <div className={classes.course}>
          <svg className={classes.spark} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <path d={path} />
          </svg>
          <DecisionFlags isTiny decisions={review.decisions} placeOf={placeIn(days)} />
        </div>
      )}
      {isTold && before !== null && before.n >= FLOOR_NUMBER && (
        <small className={classes.quiet}>{t('trend.before', { value: write(before.mean) })}</small>
      )}
    </div>
  )
}

const placeIn = (days: readonly string[]) => (day: string) => {
  const week = findWeekOf(days, day)
  return week === undefined ? undefined : week / Math.max(1, days.length - 1)
}

export function useLevels(of: 'said' | 'kept') {
  const { t } = useTranslation('reviews')
  const locale = useLocale()
  const write = (value: number) =>
    of === 'said' ? formatNumber(value, locale, { signed: true }) : formatPercent(value, locale)
  return {
    write,
    range: ({ low, high }: NonNullable<ReviewFigures['said']>) =>
      t('range', { low: write(low), high: write(high) }),
  }
}

/** What was noted last, and what was decided here with what became of it. */
function Known({ review }: { review: Review }) {
  const { t } = useTranslation('reviews')
  const locale = useLocale()
  const shop = useShop()
  const { last, decisions, now } = review
  return (
    <div className={classes.known}>
      <p className={classes.quiet}>
        {t('persons', { count: now.persons, number: formatNumber(now.persons, locale) })}
      </p>
      {last && (
        <p>
          <span className={classes.quiet}>
            <DayText day={last.day} /> · {last.by}
          </span>
          <br />
          {last.note === '' ? t('noNote') : last.note}
        </p>
      )}
      {decisions.map(({ id, day, title }) => (
        <p key={id} className={classes.decision}>
          <span>
            <IconFlag3 className={classes.mark} size={13} stroke={2} aria-hidden="true" />
            <Link
              to="/s/$shop/decisions"
              params={{ shop: String(shop.id) }}
              search={{ decision: id } as never}
              className={classes.name}
            >
              {title}
            </Link>{' '}
            <span className={classes.quiet}>
              · <DayText day={day} />
            </span>
          </span>
          <VerdictBadge decision={id} />
        </p>
      ))}
    </div>
  )
}
