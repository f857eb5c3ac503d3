import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Answering, Estimate } from '../contract.ts'
import classes from './drivers.module.css'
import { Strips } from './strips.tsx'
import { useAnsweringWords } from './use-answering-words.ts'

/** NPS of those who answered, beside what everybody asked would have said, as far as their history tells. */
export function AnsweringCard({ answering }: { answering: Answering }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { raw, weighted, answered, asked } = answering
  const tell = useAnsweringWords()
  const write = (value: number) => formatNumber(value, locale, { signed: true })
  const range = ({ low, high }: Estimate) => t('range', { low: write(low), high: write(high) })
  const row = (key: 'raw' | 'weighted', estimate: Estimate) => ({
    key,
    label: t(`answering.${key}`),
    estimate,
    value: write(estimate.value),
    range: range(estimate),
  })
  return (
    <Section title={t('answering.title')} hint={t('answering.hint')}>
      <p className={classes.cardWords}>{tell(answering)}</p>
      <Strips rows={[row('raw', raw), row('weighted', weighted)]} />
      <p className={classes.quiet}>
        {t('answering.of', {
          answered: formatNumber(answered, locale),
          asked: formatNumber(asked, locale),
          share: formatPercent(asked > 0 ? answered / asked : 0, locale),
        })}
      </p>
    </Section>
  )
}
