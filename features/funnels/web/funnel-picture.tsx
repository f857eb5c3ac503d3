import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { FunnelAnswer } from '../contract.ts'
import classes from './funnel.module.css'
import type { OpenList } from './funnel-search.ts'
import { digitsOf } from './share-digits.ts'
import { useFunnelNames } from './use-names.ts'

type Step = FunnelAnswer['steps'][number]
type Open = (list: OpenList) => void

/** Steps beside each other, under each other on a phone; every number leads to its persons, a line shows the other side. */
export function FunnelPicture({ answer, open }: { answer: FunnelAnswer; open: Open }) {
  const { t } = useTranslation('funnels')
  return (
    <>
      <ol className={classes.steps} aria-label={t('picture.title')}>
        {answer.steps.map((step, index) => (
          // A step is known by its place: the same step may be asked for twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Bar key={index} step={step} place={index + 1} other={answer.other?.steps[index]} open={open} />
        ))}
      </ol>
      {answer.other && (
        <p className={classes.legend}>
          <i aria-hidden="true" /> {t('picture.other')}
        </p>
      )}
    </>
  )
}

type BarProps = { step: Step; place: number; other: Pick<Step, 'ofFirst'> | undefined; open: Open }

function Bar({ step, place, other, open }: BarProps) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const { nameStep } = useFunnelNames()
  const share = step.ofFirst?.share ?? 0
  const name = nameStep(step.step)
  const number = formatNumber(step.n, locale)
  return (
    <li className={classes.step} data-optional={step.step.optional || undefined}>
      <div className={classes.name}>
        {name} {step.step.optional && <small>{t('step.optional')}</small>}
      </div>
      <div className={classes.well} aria-hidden="true">
        <span className={classes.bar} style={{ '--share': share } as React.CSSProperties} />
        {other?.ofFirst && (
          <span className={classes.ghost} style={{ '--share': other.ofFirst.share } as React.CSSProperties} />
        )}
      </div>
      <UnstyledButton
        className={classes.count}
        aria-label={t('picture.who', { name, number })}
        onClick={() => open({ step: place, kind: 'reached' })}
      >
        {number}
      </UnstyledButton>
      <div className={classes.share}>
        {place > 1 && step.ofFirst && (
          <Estimate {...step.ofFirst} n={step.ofFirst.of} digits={digitsOf(share)} />
        )}
      </div>
      {step.left > 0 && (
        <UnstyledButton
          className={classes.left}
          data-tone="lost"
          onClick={() => open({ step: place, kind: 'left' })}
        >
          {t('picture.left', { count: step.left })}
        </UnstyledButton>
      )}
    </li>
  )
}
