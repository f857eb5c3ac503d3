import { formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Adjusting, Stratum } from '../contract.ts'
import classes from './channel-mix.module.css'

const SHOWN = 4

/** What the mixes are adjusted for, and which orders couldn't be compared. */
export function AdjustingNote({ adjusting }: { adjusting: Adjusting | null }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  if (!adjusting) return <p className={`${classes.quiet} ${classes.note}`}>{t('adjusting.none')}</p>
  const by = adjusting.by.length === 3 ? 'all' : adjusting.by.length === 2 ? 'two' : 'one'
  return (
    <div className={`${classes.quiet} ${classes.note}`}>
      <p>
        {t(`adjusting.${by}`)} {t('adjusting.covered', { share: formatPercent(adjusting.covered, locale) })}
      </p>
      {adjusting.left.length > 0 && (
        <ul className={classes.left}>
          {adjusting.left.slice(0, SHOWN).map((stratum) => (
            <LeftOut key={`${stratum.problem} ${stratum.returning} ${stratum.category}`} stratum={stratum} />
          ))}
        </ul>
      )}
    </div>
  )
}

function LeftOut({ stratum }: { stratum: Stratum }) {
  const { t } = useTranslation('channel-mix')
  const { problem, returning, category, orders, missing } = stratum
  const parts = [
    t(problem ? 'stratum.problem' : 'stratum.smooth'),
    ...(returning === null ? [] : [t(returning ? 'stratum.returning' : 'stratum.new')]),
    ...(category === null ? [] : [category || t('stratum.otherGoods')]),
  ]
  const names = missing.map((key) => t(`group.${key}`)).join(', ')
  return <li>{t('adjusting.left', { which: parts.join(', '), count: orders, names })}</li>
}
