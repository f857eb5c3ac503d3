import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, formatDay, formatInstant, formatMoney, useLocale } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { ImportPreview, RowPreview } from '../contract.ts'
import { useReasonWords } from './reason-words.ts'
import classes from './row-sample.module.css'
import { type EventStory, type OrderStory, tellRow } from './row-words.ts'

const AT_ONCE = 3
const DETAILS = 4

type RowSampleProps = { preview: ImportPreview; isOutdated: boolean }

/** What the first rows become, in words: the surest way to see that the columns are understood. */
export function RowSample({ preview, isOutdated }: RowSampleProps) {
  const { t } = useTranslation('imports')
  const [isOpen, setOpen] = useState(false)
  const { sample, sampleRows, sampleBad } = preview
  // A row that can't be read says more about the mapping than one that can.
  const rows = [...sample].sort((a, b) => Number(b.problem !== null) - Number(a.problem !== null))
  const shown = isOpen ? sample : pickRows(rows)
  return (
    <Section title={t('row.title')} hint={t('row.hint')}>
      <div aria-live="polite" aria-busy={isOutdated}>
        {sample.length === 0 && <p data-quiet>{t('row.notYet')}</p>}
        {sampleRows > 0 && (
          <p className={classes.verdict}>
            <Badge tone={sampleBad === 0 ? 'won' : sampleBad === sampleRows ? 'lost' : 'even'}>
              {sampleBad === 0
                ? t('row.allFit', { count: sampleRows })
                : t('row.someFit', { bad: sampleBad, count: sampleRows })}
            </Badge>
          </p>
        )}
        <ol className={classes.rows} data-outdated={isOutdated || undefined}>
          {shown.map((row) => (
            <li key={row.line} className={classes.row} data-tone={row.problem ? 'lost' : 'quiet'}>
              <span className={classes.line}>{t('row.line', { line: row.line })}</span>
              {row.problem ? <Trouble problem={row.problem} /> : <Story row={row} />}
            </li>
          ))}
        </ol>
        {sample.length > AT_ONCE && (
          <Button variant="subtle" size="xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? t('row.fewer') : t('row.more', { count: sample.length })}
          </Button>
        )}
      </div>
    </Section>
  )
}

/** At most two rows in trouble, so that one that fits is always among the first. */
function pickRows(rows: RowPreview[]): RowPreview[] {
  const [bad, good] = [rows.filter(({ problem }) => problem), rows.filter(({ problem }) => !problem)]
  return [...bad.slice(0, good.length > 0 ? AT_ONCE - 1 : AT_ONCE), ...good].slice(0, AT_ONCE)
}

function Trouble({ problem }: { problem: NonNullable<RowPreview['problem']> }) {
  const { t } = useTranslation('imports')
  const reason = useReasonWords()
  return (
    <div>
      <strong className={classes.trouble}>{t('row.wontFit')}</strong> {reason(problem.reason)}
      {/* Column and value, quoted from the file; other details are sentences that the reason says already. */}
      {problem.detail.startsWith('“') && <div className={classes.detail}>{problem.detail}</div>}
    </div>
  )
}

function Story({ row }: { row: RowPreview }) {
  const { t } = useTranslation('imports')
  const { order, events } = tellRow(row)
  return (
    <div>
      {order && <OrderWords order={order} />}
      {events.slice(0, AT_ONCE).map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events of a row may be equal, and none ever moves
        <EventWords key={index} event={event} />
      ))}
      {!order && events.length === 0 && <p data-quiet>{t('row.nothing')}</p>}
      {row.person && <p className={classes.person}>{t('row.person', { person: row.person })}</p>}
    </div>
  )
}

function OrderWords({ order }: { order: OrderStory }) {
  const { t } = useTranslation('imports')
  const locale = useLocale()
  const moment = useMoment()
  const { id, amount, steps, promisedOn } = order
  const words = steps.map(({ state, at }) =>
    at === null ? t(`orders:state.${state}`) : `${t(`orders:state.${state}`)} ${moment(at)}`,
  )
  const title = amount
    ? t('row.orderFor', { id, amount: formatMoney(amount.minor, amount.currency, locale) })
    : t('row.order', { id })
  return (
    <>
      <p>
        <strong>{title}</strong>
        {words.length > 0 && `: ${words.join(', ')}`}.
      </p>
      {promisedOn && (
        <p className={classes.person}>{t('row.promised', { day: formatDay(promisedOn, locale) })}</p>
      )}
    </>
  )
}

function EventWords({ event }: { event: EventStory }) {
  const moment = useMoment()
  return (
    <p>
      <strong>{event.name}</strong>
      {event.at && `, ${moment(event.at)}`}
      {event.details.length > 0 && (
        <span className={classes.details}>
          {event.details.slice(0, DETAILS).map(({ name, value }) => (
            <span key={name}>
              {name}: {value}
            </span>
          ))}
        </span>
      )}
    </p>
  )
}

/** A moment by the shop's clock; a midnight is a day whose time nobody wrote down. */
function useMoment(): (at: string) => string {
  const locale = useLocale()
  const zone = useTimeZone()
  return (text) => {
    const at = new Date(text)
    const isMidnight = formatInstant(at, 'en-GB', zone, 'time') === '00:00'
    return isMidnight ? formatDay(dayOf(at, zone), locale) : formatInstant(at, locale, zone)
  }
}
