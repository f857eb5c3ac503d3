import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import type { VariantsAnswer } from '../contract.ts'
import { toneOfDifference } from './flow-words.ts'
import classes from './paths.module.css'

/** What the list means: how alike paths are, which one most orders came by, what has changed. */
export function VariantsSentences({
  answer,
  nameOf,
}: {
  answer: VariantsAnswer
  nameOf: (key: string) => string
}) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const { variants, totals, distinct } = answer
  const ten = variants[Math.min(9, variants.length - 1)]
  const number = (value: number) => formatNumber(value, locale)
  const tell = (path: readonly string[]) => path.map(nameOf).join(' → ')
  const best = variants.filter(({ ordered }) => ordered.n > 0).sort((a, b) => b.ordered.n - a.ordered.n)[0]
  const changed = variants
    .filter((one) => toneOfDifference(one) !== undefined)
    .sort((a, b) => Math.abs(b.other?.difference ?? 0) - Math.abs(a.other?.difference ?? 0))[0]
  return (
    <ul className={classes.sentences}>
      <li>{t('variants.say.many', { units: number(totals.units), distinct: number(distinct) })}</li>
      {ten && variants.length >= 10 && (
        <li>{t('variants.say.ten', { share: formatPercent(ten.coverage, locale) })}</li>
      )}
      {best && (
        <li>
          {t('variants.say.best', {
            path: tell(best.path),
            orders: number(best.ordered.n),
          })}
        </li>
      )}
      {changed?.other && (
        <li>
          {t('variants.say.changed', {
            path: tell(changed.path),
            value: formatNumber(changed.other.difference * 100, locale, { digits: 1, signed: true }),
          })}
        </li>
      )}
      {answer.meta.compared && !changed && <li>{t('difference.none')}</li>}
    </ul>
  )
}
