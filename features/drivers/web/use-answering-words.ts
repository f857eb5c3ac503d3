import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Answering } from '../contract.ts'
import { judgeAnswering } from './arrange.ts'

/** NPS as answered, and what everybody would have said, as one sentence. */
export function useAnsweringWords(): (answering: Answering) => string {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const write = (value: number) => formatNumber(value, locale, { signed: true })
  return (answering) =>
    t(`answering.${judgeAnswering(answering)}`, {
      raw: write(answering.raw.value),
      weighted: write(answering.weighted.value),
      difference: formatNumber(Math.abs(answering.difference.value), locale),
    })
}
