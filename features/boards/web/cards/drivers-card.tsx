import { useShop, useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { DriversAnswer } from '../../../drivers/contract.ts'
import {
  readDriversSearch,
  toDriversQuery,
  useDriverFigures,
  useDriverNames,
} from '../../../drivers/web/parts.ts'
import classes from '../boards.module.css'
import type { CardProps } from '../card-kinds.ts'
import { type Bar, Bars, Headline, ReportCard } from './report-card.tsx'

const MOST = 4

/** What to mend first, and what harms besides. */
export function DriversCard({ search }: CardProps) {
  const query = toDriversQuery(readDriversSearch(search), new Date(), useTimeZone())
  return (
    <ReportCard<DriversAnswer> path="drivers" query={query}>
      {(answer) => <Mend answer={answer} />}
    </ReportCard>
  )
}

function Mend({ answer: { drivers, outcome, refusal } }: { answer: DriversAnswer }) {
  const { t } = useTranslation('boards')
  const { currency } = useShop()
  const { nameOf } = useDriverNames()
  const words = useDriverFigures(outcome, currency)
  const harms = drivers.filter(({ verdict, effect }) => verdict === 'harms' && effect !== null).slice(0, MOST)
  const [first] = harms
  if (refusal !== null) return <p className={classes.note}>{t('card.refused')}</p>
  if (!first?.effect) return <p className={classes.note}>{t('card.driversNone')}</p>
  const most = Math.max(...harms.map(({ effect }) => Math.abs(effect?.value ?? 0)))
  return (
    <>
      <Headline
        figure={
          <>
            {words.effect(first.effect.value)} <small className="range">{words.range(first.effect)}</small>
          </>
        }
      >
        {t('card.drivers', { name: nameOf(first) })}
      </Headline>
      <Bars
        bars={harms.flatMap((driver): Bar[] => {
          const value = driver.effect?.value ?? 0
          const width = Math.abs(value) / most
          return [{ key: driver.key, name: nameOf(driver), width, value: words.plain(value), tone: 'lost' }]
        })}
      />
    </>
  )
}
