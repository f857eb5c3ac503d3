import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, type Query } from '../../../../web/api-client.ts'
import { isApiError } from '../../../../web/api-error.ts'
import { formatDay, useLocale } from '../../../../web/format.ts'
import { useShop } from '../../../../web/shop-context.tsx'
import { PlainButton } from '../../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ReportMeta } from '../../../reports/contract.ts'
import classes from '../boards.module.css'
import { CardWaiting } from '../card-waiting.tsx'

type Meta = Pick<ReportMeta, 'fromDay' | 'toDay'> & { segment: { name: string } | string | null }

type ReportCardProps<Answer> = {
  /** Below the shop's address of the API. */
  path: string
  query: object
  children: (answer: Answer) => ReactNode
}

/** Asks a report just as its own page does, so that both find the same answer; in every state. */
export function ReportCard<Answer extends { meta: Meta }>({
  path,
  query,
  children,
}: ReportCardProps<Answer>) {
  const { id } = useShop()
  const whole = `/shops/${id}/${path}`
  const asked = useQuery({
    queryKey: [whole, query],
    queryFn: ({ signal }) => api.get<Answer>(whole, { query: query as Query, signal }),
    staleTime: 60_000,
    retry: false,
  })
  if (asked.data)
    return (
      <div className={classes.body}>
        {children(asked.data)}
        <Question meta={asked.data.meta} />
      </div>
    )
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />
  return <CardWaiting />
}

/** The question in words: of when, and of whom. */
function Question({ meta: { fromDay, toDay, segment } }: { meta: Meta }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const who = typeof segment === 'string' ? '' : (segment?.name ?? t('card.everyone'))
  return (
    <p className={classes.question}>
      {formatDay(fromDay, locale)} – {formatDay(toDay, locale)}
      {who !== '' && `, ${who}`}
    </p>
  )
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation('boards')
  if (isApiError(error) && error.code === 'report_too_heavy')
    return <p className={classes.note}>{t('card.heavy')}</p>
  return (
    <p className={classes.note} role="alert">
      {t('card.failed')}{' '}
      <PlainButton style={{ color: 'var(--link)' }} onClick={retry}>
        {t('card.again')}
      </PlainButton>
    </p>
  )
}

/** The headline figure, and what it is of. */
export function Headline({ figure, children }: { figure: ReactNode; children: ReactNode }) {
  return (
    <p className={classes.figure}>
      <strong>{figure}</strong> {children}
    </p>
  )
}

export function Nothing() {
  const { t } = useTranslation('boards')
  return <p className={classes.note}>{t('card.nothing')}</p>
}

export interface Bar {
  key: string
  name: string
  /** 0…1 of the width. */
  width: number
  value: ReactNode
  tone?: 'won' | 'lost' | 'even'
}

/** A few bars under each other, each with its name and number. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  return (
    <ul className={classes.bars}>
      {bars.map(({ key, name, width, value, tone = 'won' }) => (
        <li key={key} data-tone={tone}>
          <span title={name}>{name}</span>
          <span className={classes.bar} aria-hidden="true">
            <i style={{ width: `${Math.max(0, Math.min(1, width)) * 100}%` }} />
          </span>
          <span className={classes.value}>{value}</span>
        </li>
      ))}
    </ul>
  )
}
