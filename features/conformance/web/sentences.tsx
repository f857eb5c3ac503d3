import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { ConformanceAnswer, Share } from '../contract.ts'
import classes from './conformance.module.css'
import { useStepNames } from './use-step-names.ts'

/** Found among all that was compared: of such findings one in twenty may be chance. */
export const MAX_RATE = 0.05

/** What the picture means: how many went as intended, where the path breaks off, and what deviating goes together with. */
export function Sentences({ answer }: { answer: ConformanceAnswer }) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const locale = useLocale()
  const words = useShareWords()
  const { figures, steps, scenario, outcome } = answer
  const say = (share: Share) => (share ? words({ ...share, n: share.of }).value : formatNumber(0, locale))
  const name = (step: number) => {
    const found = steps[step - 1]
    return found ? nameStep(found) : ''
  }
  if (weightOf(figures.journeys) === 'none')
    return (
      <p className={classes.sentences}>
        {t('sentence.few', { count: figures.journeys, name: scenario.name })}
      </p>
    )
  const { followed, skipped, back, deadEnd, open } = figures.classes
  const worst = findWorst(answer)
  const contrast = answer.contrasts.find(({ difference }) => difference && difference.q <= MAX_RATE)
  return (
    <div className={classes.sentences}>
      <p>
        {t('sentence.whole', {
          name: scenario.name,
          ...{
            followed: say(followed),
            skipped: say(skipped),
            back: say(back),
            deadEnd: say(deadEnd),
            open: say(open),
          },
        })}
      </p>
      <p>
        {worst
          ? t('sentence.deadEnd', { step: name(worst.step), share: say(worst.share) })
          : t('sentence.noDeadEnd')}
      </p>
      <p>
        {contrast?.difference
          ? t(`sentence.contrast.${contrast.by}`, {
              step: name(contrast.step),
              outcome: t(`outcome.share.${outcome}`),
              deviating: say(contrast.deviating),
              conforming: say(contrast.conforming),
            })
          : t('sentence.noContrast', { outcome: t(`outcome.share.${outcome}`) })}
      </p>
    </div>
  )
}

/** The step at which most journeys ended, of those that enough came to. */
function findWorst({ figures }: ConformanceAnswer): { step: number; share: Share } | undefined {
  const stuck = figures.steps.flatMap(({ deadEnd }, at) =>
    deadEnd && deadEnd.n > 0 && weightOf(deadEnd.of) !== 'none' ? [{ step: at + 1, share: deadEnd }] : [],
  )
  return stuck.sort((a, b) => (b.share?.n ?? 0) - (a.share?.n ?? 0))[0]
}
