import { Button } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay, formatNumber, useLocale } from '../../../web/format.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { addDays, findDays } from '../../reports/web/parts.ts'
import type { DriversAnswer } from '../contract.ts'
import classes from './drivers.module.css'
import type { DriversAddress } from './use-drivers.ts'

type RefusalProps = {
  answer: DriversAnswer
  refusal: NonNullable<DriversAnswer['refusal']>
  address: DriversAddress
  settings: ReactNode
}

const YEAR = 365
const LONGER = new Set(['no_units', 'few_units', 'short_period', 'nobody_reached', 'few_events'])
/** Where so many more would do; elsewhere the reason says all. */
const COUNTED = new Set(['few_units', 'few_events'])
const DAY_MS = 86_400_000

/** Nothing can be said of the whole outcome: why, and what would help. */
export function Refusal({ answer, refusal, address, settings }: RefusalProps) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { from, to } = findDays(address.search, new Date(), answer.meta.timeZone)
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  const values = {
    n: formatNumber(refusal.n, locale),
    needed: formatNumber(refusal.needed ?? 0, locale),
    days: answer.followUpDays ?? 0,
    units: t(`units.${answer.outcome}`),
    context: answer.outcome,
  }
  // A history that ended before the period began: no longer period up to today reaches it soon.
  const last = answer.recordedUntil ?? from
  const isOver = refusal.reason === 'no_units' && last < from
  const takeLast = () => address.change({ days: undefined, from: addDays(last, 1 - YEAR), to: last })
  const needed = COUNTED.has(refusal.reason) && refusal.needed !== null && ` ${t('refusal.needed', values)}`
  return (
    <Section>
      <EmptyState
        icon={<IconScale />}
        title={t(`refusal.${refusal.reason}.title`, values)}
        action={
          <div className={classes.offers} data-not-in-picture>
            {LONGER.has(refusal.reason) && days < YEAR && !isOver && (
              <Button
                size="sm"
                onClick={() => address.change({ days: YEAR, from: undefined, to: undefined })}
              >
                {t('refusal.takeYear')}
              </Button>
            )}
            {isOver && (
              <Button size="sm" onClick={takeLast}>
                {t('refusal.takeLast', { day: formatDay(last, locale) })}
              </Button>
            )}
            {refusal.reason === 'no_predictors' && settings}
          </div>
        }
      >
        {t(`refusal.${refusal.reason}.why`, values)}
        {needed}{' '}
        {isOver
          ? t('refusal.over', { day: formatDay(last, locale) })
          : t(`refusal.${refusal.reason}.what`, values)}
      </EmptyState>
    </Section>
  )
}
