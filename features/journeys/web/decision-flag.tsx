import { IconFlag3 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatDay, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './decision-flag.module.css'
import type { DecisionMark } from './use-decisions.ts'

type DecisionFlagProps = {
  decisions: DecisionMark[]
  /** Where the flag stands, so that its note doesn't leave the picture. */
  side?: 'start' | 'middle' | 'end'
}

/** What the shop changed, as a small flag where it did: says what and when at a touch, and leads to the decisions. */
export function DecisionFlag({ decisions, side = 'middle' }: DecisionFlagProps) {
  const { t } = useTranslation('journeys')
  const { id } = useShop()
  const locale = useLocale()
  if (decisions.length === 0) return null
  return (
    <Link
      to="/s/$shop/decisions"
      params={{ shop: String(id) }}
      className={classes.flag}
      onClick={(event) => event.stopPropagation()}
    >
      <IconFlag3 size={15} stroke={2} aria-hidden="true" />
      {decisions.length > 1 && (
        <span className={classes.count} aria-hidden="true">
          {decisions.length}
        </span>
      )}
      <span className="only-spoken">{t('decisions.count', { count: decisions.length })}: </span>
      <span className={classes.note} data-side={side}>
        {decisions.map(({ id: one, day, title }) => (
          <span key={one}>
            <b>{title}</b> <span data-quiet>{formatDay(day, locale)}</span>
          </span>
        ))}
      </span>
    </Link>
  )
}
