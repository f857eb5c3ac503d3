import { useTranslation } from 'react-i18next'
import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import { formatDay, formatMoney, formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import type { Tone } from '../../../web/ui/tone.ts'
import type { Change, Decision, MeasureVerdict, Verdict } from '../contract.ts'
import type { EffectMeasure, VerdictWord } from '../vocabulary.ts'

export const toneOfVerdict = (word: VerdictWord): Tone =>
  (({ better: 'won', worse: 'lost', mixed: 'even' }) as Partial<Record<VerdictWord, Tone>>)[word] ?? 'quiet'

/** The measure that the verdict rests on: the expected one, else the first that tells something, else any that is known. */
export function findMain({ measures, expected }: Verdict): MeasureVerdict | undefined {
  const ranks: VerdictWord[] = ['better', 'worse', 'no_difference', 'few_data', 'early', 'mixed']
  if (expected) return measures.find(({ measure }) => measure === expected.measure)
  return [...measures].sort((a, b) => ranks.indexOf(a.word) - ranks.indexOf(b.word))[0]
}

/** How a verdict is told: sentences and figures in the reader's words. */
export function useVerdictWords() {
  const { t } = useTranslation('verdicts')
  const locale = useLocale()
  const level = (measure: EffectMeasure, mean: number) =>
    measure === 'said' ? formatNumber(mean, locale, { signed: true }) : formatPercent(mean, locale)
  const points = (measure: EffectMeasure, value: number) =>
    formatNumber(measure === 'said' ? value : value * 100, locale, { digits: 1, signed: true })
  const range = (measure: EffectMeasure, { low, high }: Change) =>
    t('range', { low: points(measure, low), high: points(measure, high) })
  const day = (one: string) => formatDay(one, locale)

  /** «+3,4 (от +1,0 до +5,8)»; from few persons the range alone. */
  function writeChange(measure: EffectMeasure, change: Change): string {
    const span = range(measure, change)
    if (change.smallest < FLOOR_NUMBER) return t('changeFew', { range: span })
    return t('change', { change: points(measure, change.difference), range: span })
  }

  function tellFound({ measure, place, others, change, comparison, ...rest }: MeasureVerdict): string[] {
    if (rest.word === 'early' || rest.word === 'few_data') return []
    const write = ({ before, after }: MeasureVerdict['place']) => ({
      before: before ? level(measure, before.mean) : '',
      after: after ? level(measure, after.mean) : '',
    })
    const isMany = (change?.smallest ?? 0) >= FLOOR_NUMBER
    return [
      ...(isMany ? [t(`found.${measure}`, write(place))] : []),
      ...(isMany && comparison !== 'none' ? [t(`beside.${comparison}`, write(others))] : []),
      ...(change ? [t(`difference.${comparison}`, { change: writeChange(measure, change) })] : []),
    ]
  }

  /** How far what was found may be taken for the decision's own. */
  function tellCause(
    { isCausal }: Verdict,
    { comparison, isApartBefore, isAlikeBefore, word }: MeasureVerdict,
  ): string {
    if (word === 'early' || word === 'few_data') return ''
    if (isApartBefore) return t('cause.apart')
    if (comparison === 'segment' && !isAlikeBefore) return t('cause.unseen')
    if (comparison === 'segment') return isCausal ? t('cause.own') : ''
    return t(comparison === 'none' ? 'cause.alone' : 'cause.background')
  }

  function tellExpected({ expected }: Verdict): string {
    if (!expected) return ''
    const { measure, direction, size, came } = expected
    const by =
      size === null
        ? ''
        : t('expected.by', {
            count: size,
            size: formatNumber(size, locale, { digits: size % 1 === 0 ? 0 : 1 }),
          })
    const what = t(`expected.what.${measure}.${direction}`, { by })
    return t(`expected.${came}`, { what })
  }

  function tellMoney({ gained, isCausal }: Verdict, { cost, currency }: Decision): string {
    if (!gained) return ''
    // A minus stays with its amount where the sign of the currency stands between them.
    const write = (one: number) =>
      formatMoney(Math.round(one / 100) * 100, gained.currency, locale).replace(/^−/, '−\u2060')
    const spent = cost === null ? '' : t('money.cost', { cost: formatMoney(cost, currency, locale) })
    const values = {
      mean: write(gained.mean),
      ...{ low: write(gained.low), high: write(gained.high), count: gained.weeks },
    }
    const kind = gained.low > 0 ? 'more' : gained.high < 0 ? 'less' : 'unclear'
    const note = kind !== 'unclear' && !isCausal ? ` ${t('money.notProven')}` : ''
    return `${t(`money.${kind}`, values)} ${spent}${note}`.trim()
  }

  function tellReason({ reason, lookAgain, word }: Verdict): string {
    const again = lookAgain === null ? '' : day(lookAgain)
    if (reason) return t(`reason.${reason}`, { day: again })
    return lookAgain === null || word === 'early' ? '' : t('again', { day: again })
  }

  return { t, level, points, day, writeChange, tellFound, tellCause, tellExpected, tellMoney, tellReason }
}
