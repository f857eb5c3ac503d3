import { formatDay, formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { CohortsAnswer, Retention } from '../contract.ts'
import classes from './cohorts.module.css'
import { digitsOf } from './curve-shape.ts'
import { findNews, isBeginning } from './find-news.ts'

/** What the picture says, in words. */
export function CohortSentences({ answer }: { answer: CohortsAnswer }) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const write = useShareWords()
  const { returns, size, historyFrom } = answer
  const say = (key: string, cell: Retention, which: 'within' | 'by', n: number) => {
    const { value, range } = write({ ...cell[which], n: cell.of, digits: digitsOf(cell[which].share) })
    return t(`say.${key}.${returns}`, {
      value,
      range: range && `(${range})`,
      span: t(`say.span.${size}`, { count: n }),
      of: formatNumber(cell.of, locale),
    }).replace(/\s+([,.])/g, '$1')
  }
  const { soon, far, fades } = findNews(answer)
  return (
    <div className={classes.sentences}>
      {soon && <p className={classes.lead}>{say('soon', soon.cell, 'by', soon.n)}</p>}
      {far && <p>{say('far', far.cell, 'by', far.n)}</p>}
      {fades && <p>{t(`say.fades.${size}`, { n: fades.n })}</p>}
      {!soon && <p className={classes.lead}>{t('curve.tooEarly')}</p>}
      {soon && weightOf(soon.cell.of) !== 'number' && <p className={classes.quiet}>{t('say.few')}</p>}
      {historyFrom && isBeginning(answer) && (
        <p className={classes.quiet}>{t('say.history', { day: formatDay(historyFrom, locale) })}</p>
      )}
    </div>
  )
}
