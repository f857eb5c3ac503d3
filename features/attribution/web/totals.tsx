import { Money, Num } from '../../../web/ui/numbers.tsx'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Attribution } from '../contract.ts'
import classes from './attribution.module.css'
import { UNKNOWN_WAY } from './attribution-search.ts'
import type { AttributionAddress } from './use-attribution.ts'

type TotalsProps = { answer: Attribution; address: AttributionAddress }

/** What is shared out, and what isn't. */
export function Totals({ answer: { totals, meta }, address }: TotalsProps) {
  const { t } = useTranslation('attribution')
  const unknown = <Num value={totals.unknown.conversions} />
  return (
    <Stats>
      <Stat
        label={t(`conversion.${meta.conversion}`)}
        value={<Num value={totals.conversions} />}
        definition={t('definition.orders')}
      />
      <Stat
        label={t('totals.money')}
        value={<Money amount={Math.round(totals.value)} currency={meta.currency} />}
        note={totals.foreign > 0 ? t('totals.foreign', { count: totals.foreign }) : undefined}
      />
      <Stat
        label={t('totals.nulls')}
        value={<Num value={totals.nulls} />}
        definition={t('definition.nulls')}
      />
      <Stat
        label={t('totals.unknown')}
        value={
          totals.unknown.conversions > 0 ? (
            <PlainButton className={classes.way} onClick={() => address.open({ way: UNKNOWN_WAY })}>
              {unknown}
            </PlainButton>
          ) : (
            unknown
          )
        }
        definition={t('definition.unknown')}
      />
    </Stats>
  )
}
