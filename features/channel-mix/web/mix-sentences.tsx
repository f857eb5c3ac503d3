import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ChannelMix } from '../contract.ts'
import classes from './channel-mix.module.css'
import { findNews, hasNoCare, type MixNews } from './find-news.ts'
import { useSaidWords } from './said-words.tsx'

/** What the picture means: how much care orders take, who is content, and what part of the difference is problems. */
export function MixSentences({ answer }: { answer: ChannelMix }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const news = findNews(answer.groups)
  const shares = Object.fromEntries(
    answer.groups.map(({ key, orders }) => [key, formatPercent(orders / answer.orders, locale)]),
  )
  if (hasNoCare(answer)) return null
  return (
    <div className={classes.sentences}>
      <p className={classes.lead}>{t('say.shares', shares)}</p>
      {news ? <News news={news} /> : <p>{t('say.few')}</p>}
      <p className={classes.quiet}>{t('say.association')}</p>
    </div>
  )
}

function News({ news }: { news: MixNews }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const { write } = useSaidWords()
  const { best, worst, raw, adjusted, verdict } = news
  const points = (by: number) => t('points', { count: Math.abs(Math.round(by)) })
  const problems = ({ problems: own, orders }: MixNews['best']) => formatPercent(own / orders, locale)
  const words = {
    ...{ best: t(`who.${best.key}`), worst: t(`who.${worst.key}`) },
    ...{ bestMean: write(best.said.raw?.mean ?? 0), worstMean: write(worst.said.raw?.mean ?? 0) },
    ...{ bestProblems: problems(best), worstProblems: problems(worst) },
    ...{ raw: formatNumber(Math.round(raw.by), locale), rawPoints: points(raw.by) },
    adjusted: points(adjusted?.by ?? 0),
  }
  return (
    <>
      <p>{t(raw.isSure ? 'say.raw' : 'say.alike', words)}</p>
      {raw.isSure && <p>{t(`say.${verdict}`, words)}</p>}
    </>
  )
}
