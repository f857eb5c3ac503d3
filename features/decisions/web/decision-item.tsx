import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { DayText } from '../../../web/ui/date-time.tsx'
import { Money } from '../../../web/ui/numbers.tsx'
import type { Decision } from '../contract.ts'
import classes from './decisions.module.css'
import { useMayDecide } from './use-decisions.ts'
import { usePlaces } from './use-places.ts'

type DecisionItemProps = {
  decision: Decision
  isChosen?: boolean
  /** What became of it, where there is room for that. */
  verdict?: ReactNode
  onChange: () => void
  onRemove: () => void
}

export function DecisionItem({ decision, isChosen = false, verdict, onChange, onRemove }: DecisionItemProps) {
  const { t } = useTranslation('decisions')
  const { timeZone } = useShop()
  const places = usePlaces()
  const { title, day, expected, note, cost, currency, state, endDay, ownerName } = decision
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: 'start' })
  }, [isChosen])
  const isAhead = day > dayOf(new Date(), timeZone)
  return (
    <li
      ref={ref}
      className={classes.decision}
      data-ahead={isAhead || undefined}
      data-chosen={isChosen || undefined}
      aria-current={isChosen || undefined}
    >
      <div className={classes.when}>
        <DayText day={day} />
        {isAhead && <Badge>{t('ahead')}</Badge>}
        {state !== 'trying' && <Badge>{t(`state.${state}`)}</Badge>}
        {endDay !== null && (
          <span className={classes.quiet}>
            {t('until')} <DayText day={endDay} />
          </span>
        )}
      </div>
      <div className={classes.what}>
        <p className={classes.title}>{title}</p>
        <p className={classes.where}>{places.nameOf(decision)}</p>
        {expected !== '' && (
          <p>
            <span className={classes.quiet}>{t('expected')}</span> {expected}
          </p>
        )}
        {cost !== null && (
          <p>
            <span className={classes.quiet}>{t('cost')}</span> <Money amount={cost} currency={currency} />
          </p>
        )}
        {note !== '' && <p className={classes.note}>{note}</p>}
        <p className={classes.quiet}>
          {t('by', { name: decision.createdBy })}
          {ownerName !== null && ` · ${t('owner', { name: ownerName })}`}
        </p>
        {verdict}
      </div>
      <ItemButtons title={title} onChange={onChange} onRemove={onRemove} />
    </li>
  )
}

type ItemButtonsProps = Pick<DecisionItemProps, 'onChange' | 'onRemove'> & { title: string }

function ItemButtons({ title, onChange, onRemove }: ItemButtonsProps) {
  const { t } = useTranslation('decisions')
  if (!useMayDecide()) return null
  return (
    <div className={classes.actions}>
      <Button variant="subtle" size="compact-sm" aria-label={t('change.of', { title })} onClick={onChange}>
        {t('change.do')}
      </Button>
      <Button variant="subtle" size="compact-sm" aria-label={t('remove.of', { title })} onClick={onRemove}>
        {t('remove.do')}
      </Button>
    </div>
  )
}
