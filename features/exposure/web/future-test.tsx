import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import type { Estimate, ExposureAnswer } from '../contract.ts'
import classes from './exposure.module.css'

type Props = { answer: ExposureAnswer; future: NonNullable<ExposureAnswer['future']> }

/** Contacts before the day and after it side by side: those after it can't have caused what happened on it. */
export function FutureTest({ answer, future: test }: Props) {
  const { t } = useTranslation('exposure')
  const { past, future, futureP } = test
  const reach = Math.max(...[past, future].flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))
  const outcome = futureP >= 0.05 ? 'quiet' : answer.refusal === null ? 'small' : 'loud'
  return (
    <Section title={t('test.title')} hint={t('test.hint')}>
      <div className={classes.test}>
        <Strip label={t('test.past', { count: answer.window })} one={past} reach={reach} />
        <Strip label={t('test.future', { count: answer.window })} one={future} reach={reach} />
      </div>
      <p className={classes.testWords}>{t(`test.${outcome}`)}</p>
    </Section>
  )
}

function Strip({ label, one, reach }: { label: string; one: Estimate; reach: number }) {
  const { t } = useTranslation('exposure')
  const locale = useLocale()
  const at = (value: number) => 50 + (50 * value) / reach
  const write = (value: number) => formatNumber(value, locale, { digits: 2, signed: true })
  const tone = one.low > 0 ? 'won' : one.high < 0 ? 'lost' : 'even'
  const places = { '--low': `${at(one.low)}%`, '--high': `${at(one.high)}%`, '--value': `${at(one.value)}%` }
  return (
    <>
      <span>{label}</span>
      <span className={classes.strip} data-tone={tone} style={places as CSSProperties} aria-hidden="true" />
      <span className="num">
        {write(one.value)}{' '}
        <small className="range">{t('range', { low: write(one.low), high: write(one.high) })}</small>
      </span>
    </>
  )
}
