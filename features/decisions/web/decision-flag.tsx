import { IconFlag3 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatDay, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Decision } from '../contract.ts'
import classes from './decision-flag.module.css'

/** What of a decision a mark needs. */
export type DecisionMark = Pick<Decision, 'id' | 'day' | 'title'>

type DecisionFlagProps = {
  decisions: readonly DecisionMark[]
  /** Where the flag stands, so that its note doesn't leave the picture. */
  side?: 'start' | 'middle' | 'end' | 'beside'
}

/** What the shop changed, as a small flag where it did: says what and when at a touch, and leads to what became of it. */
export function DecisionFlag({ decisions, side = 'middle' }: DecisionFlagProps) {
  const { t } = useTranslation('decisions')
  const { id } = useShop()
  const locale = useLocale()
  const [first] = decisions
  if (!first) return null
  return (
    <Link
      to="/s/$shop/decisions"
      params={{ shop: String(id) }}
      search={{ decision: first.id } as never}
      className={classes.flag}
      data-side={side}
      onClick={(event) => event.stopPropagation()}
    >
      <IconFlag3 size={15} stroke={2} aria-hidden="true" />
      {decisions.length > 1 && <span aria-hidden="true">{decisions.length}</span>}
      <span className="only-spoken">{t('mark', { count: decisions.length })}: </span>
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
