import { formatMoney, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { Attribution } from '../contract.ts'
import classes from './attribution.module.css'
import type { ModelKey } from './attribution-search.ts'
import { roundMoney } from './figures.tsx'
import { findLead } from './find-lead.ts'

type LeadProps = { answer: Attribution; model: ModelKey; nameOf: (way: string) => string }

/** The three sentences that say what the picture means. */
export function Lead({ answer, model, nameOf }: LeadProps) {
  const { t } = useTranslation('attribution')
  const locale = useLocale()
  const wordsOf = useShareWords()
  const { top, parted, cheapest, dearest, changed } = findLead(answer, model)
  const n = answer.totals.conversions - answer.totals.unknown.conversions
  if (!top) return null
  if (weightOf(n) === 'none') return <p className={classes.lead}>{t('lead.few', { count: n })}</p>
  const percent = (share: number) => formatPercent(share, locale)
  const money = (amount = 0) =>
    formatMoney(roundMoney(amount, answer.meta.currency), answer.meta.currency, locale)
  const topWords = wordsOf({ ...top, n })
  const first = changed[0]
  return (
    <div className={classes.lead}>
      <p>
        {t('lead.top', {
          model: t(`model.${model}`),
          way: nameOf(top.channel),
          share: topWords.value,
          range: topWords.range,
        })}
      </p>
      {parted && (
        <p>
          {t('lead.parted', {
            way: nameOf(parted.channel),
            low: percent(parted.low),
            high: percent(parted.high),
          })}
        </p>
      )}
      {!parted && <p>{t('lead.agreed')}</p>}
      {answer.comparedTotals && (
        <p>
          {first?.change
            ? t(first.change.difference > 0 ? 'lead.grew' : 'lead.shrank', {
                way: nameOf(first.channel),
                before: percent(first.change.share),
                now: percent(first.share),
              })
            : t('lead.unchanged')}
        </p>
      )}
      {cheapest && dearest && (
        <p>
          {t('lead.costs', {
            cheap: nameOf(cheapest.channel),
            low: money(cheapest.costPerOrder?.value),
            dear: nameOf(dearest.channel),
            high: money(dearest.costPerOrder?.value),
          })}
        </p>
      )}
    </div>
  )
}
