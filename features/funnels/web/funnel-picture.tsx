import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { Percent } from '../../../web/ui/numbers.tsx'
import type { FunnelAnswer } from '../contract.ts'
import classes from './funnel.module.css'
import { useFunnelNames } from './use-names.ts'

type Step = FunnelAnswer['steps'][number]
type Open = (step: number, kind: 'reached' | 'left') => void

/** Steps beside each other, under each other on a phone; every number leads to its persons. */
export function FunnelPicture({ answer, open }: { answer: FunnelAnswer; open: Open }) {
  const { t } = useTranslation('funnels')
  return (
    <ol className={classes.steps} aria-label={t('picture.title')}>
      {answer.steps.map((step, index) => (
        // A step is known by its place: the same step may be asked for twice.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Bar key={index} step={step} place={index + 1} open={open} />
      ))}
    </ol>
  )
}

function Bar({ step, place, open }: { step: Step; place: number; open: Open }) {
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
      </div>
      <UnstyledButton
        className={classes.count}
        aria-label={t('picture.who', { name, number })}
        onClick={() => open(place, 'reached')}
      >
        {number}
      </UnstyledButton>
      <div className={classes.share}>
        {place > 1 && (
          <Percent
            value={share}
            low={step.ofFirst?.low ?? undefined}
            high={step.ofFirst?.high ?? undefined}
          />
        )}
      </div>
      {step.left > 0 && (
        <UnstyledButton className={classes.left} data-tone="lost" onClick={() => open(place, 'left')}>
          {t('picture.left', { count: step.left })}
        </UnstyledButton>
      )}
    </li>
  )
}
