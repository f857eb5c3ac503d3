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
  const say = useShareSaying()
  const { figures, scenario } = answer
  const { name } = scenario
  if (weightOf(figures.journeys) === 'none')
    return <p className={classes.sentences}>{t('sentence.few', { count: figures.journeys, name })}</p>
  const { followed, skipped, back, deadEnd, open } = figures.classes
  const shares = { followed: say(followed), skipped: say(skipped), back: say(back) }
  const rest = { deadEnd: say(deadEnd), open: say(open) }
  return (
    <div className={classes.sentences}>
      <p>{t('sentence.whole', { name, ...shares, ...rest })}</p>
      <DeadEnd answer={answer} />
      <Link answer={answer} />
    </div>
  )
}

/** A share as a number or, from few, as a word. */
function useShareSaying(): (share: Share) => string {
  const locale = useLocale()
  const words = useShareWords()
  return (share) => (share ? words({ ...share, n: share.of }).value : formatNumber(0, locale))
}

function DeadEnd({ answer }: { answer: ConformanceAnswer }) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const say = useShareSaying()
  const worst = findWorst(answer)
  const step = answer.steps[(worst?.step ?? 0) - 1]
  if (!worst || !step) return <p>{t('sentence.noDeadEnd')}</p>
  return <p>{t('sentence.deadEnd', { step: nameStep(step), share: say(worst.share) })}</p>
}

/** What deviating goes together with: the largest difference that is more than chance. */
function Link({ answer: { contrasts, steps, outcome } }: { answer: ConformanceAnswer }) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const say = useShareSaying()
  const named = t(`outcome.share.${outcome}`)
  const found = contrasts.find(({ difference }) => difference && difference.q <= MAX_RATE)
  const step = steps[(found?.step ?? 0) - 1]
  if (!found || !step) return <p>{t('sentence.noContrast', { outcome: named })}</p>
  const { by, deviating, conforming } = found
  const values = {
    step: nameStep(step),
    outcome: named,
    deviating: say(deviating),
    conforming: say(conforming),
  }
  return <p>{t(`sentence.contrast.${by}`, values)}</p>
}

/** The step at which most journeys ended, of those that enough came to. */
function findWorst({ figures }: ConformanceAnswer): { step: number; share: Share } | undefined {
  const stuck = figures.steps.flatMap(({ deadEnd }, at) =>
    deadEnd && deadEnd.n > 0 && weightOf(deadEnd.of) !== 'none' ? [{ step: at + 1, share: deadEnd }] : [],
  )
  return stuck.sort((a, b) => (b.share?.n ?? 0) - (a.share?.n ?? 0))[0]
}
