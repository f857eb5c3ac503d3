import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import { formatSpan } from '../../journeys/web/parts.ts'
import { Chooser, weightOf } from '../../reports/web/parts.ts'
import type { FunnelAnswer } from '../contract.ts'
import classes from './funnel.module.css'
import { placeOfTime, ticksOfTimes } from './time-scale.ts'
import { useFunnelNames } from './use-names.ts'

type Took = NonNullable<FunnelAnswer['steps'][number]['took']>

/** How long the way takes: to the end, or to any step of it. */
export function FunnelTimes({ answer }: { answer: FunnelAnswer }) {
  const { t } = useTranslation('funnels')
  const { nameStep } = useFunnelNames()
  const [chosen, setChosen] = useState<number>()
  const last = answer.steps.length - 1
  const steps = answer.steps.slice(1)
  const index = chosen !== undefined && chosen <= last ? chosen : last
  const step = answer.steps[index]
  if (!steps.some(({ took }) => took !== null)) return null
  return (
    <Section
      title={t('times.title')}
      hint={t('times.hint')}
      actions={
        <Chooser
          label={t('times.to')}
          value={String(index)}
          data={steps.map((one, place) => ({
            value: String(place + 1),
            label: place + 1 === last ? t('times.whole', { step: nameStep(one.step) }) : nameStep(one.step),
          }))}
          onChoose={(value) => setChosen(Number(value))}
        />
      }
    >
      {step?.took && weightOf(step.n) !== 'none' ? (
        <Times took={step.took} n={step.n} />
      ) : (
        <p className={classes.quiet}>{t('times.few', { count: step?.n ?? 0 })}</p>
      )}
    </Section>
  )
}

function Times({ took, n }: { took: Took; n: number }) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const { bins, quarter, half, most } = took
  const top = Math.max(1, ...bins.map((bin) => bin.n))
  const at = (seconds: number) => `${100 * placeOfTime(bins, seconds)}%`
  const words = t('times.words', {
    n: formatNumber(n, locale),
    half: formatSpan(half, locale),
    quarter: formatSpan(quarter, locale),
    most: formatSpan(most, locale),
  })
  return (
    <figure className={classes.times}>
      <figcaption>{words}</figcaption>
      <div className={classes.plot} aria-hidden="true">
        <span
          className={classes.middle}
          style={{ insetInlineStart: at(quarter), insetInlineEnd: `calc(100% - ${at(most)})` }}
        />
        <div className={classes.bins}>
          {bins.map((bin) => (
            <span
              key={bin.from}
              style={{ height: `${(100 * bin.n) / top}%` }}
              title={`${formatSpan(bin.from, locale)} – ${formatSpan(bin.to, locale)}: ${formatNumber(bin.n, locale)}`}
            />
          ))}
        </div>
        <span className={classes.half} style={{ insetInlineStart: at(half) }}>
          <b>{formatSpan(half, locale)}</b>
        </span>
      </div>
      <div className={classes.ticks} aria-hidden="true">
        {ticksOfTimes(bins).map((seconds) => (
          <span key={seconds} style={{ insetInlineStart: at(seconds) }}>
            {formatSpan(seconds, locale)}
          </span>
        ))}
      </div>
    </figure>
  )
}
