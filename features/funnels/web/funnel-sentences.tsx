import { useTranslation } from 'react-i18next'
import { useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { FunnelAnswer, Share } from '../contract.ts'
import { judgeChange } from './change-words.tsx'
import classes from './funnel.module.css'
import { digitsOf } from './share-digits.ts'
import { useFunnelNames } from './use-names.ts'

type Steps = FunnelAnswer['steps']

/** What the picture means, in words: how many come through, where most leave, and what has changed. */
export function FunnelSentences({ answer }: { answer: FunnelAnswer }) {
  const { t } = useTranslation('funnels')
  const { nameStep } = useFunnelNames()
  const words = useShareWords()
  const write = (share: Share) => {
    const { value, range } = words({ ...share, n: share.of, digits: digitsOf(share.share) })
    return range === '' ? value : `${value} (${range})`
  }
  const { steps } = answer
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last?.ofFirst || weightOf(last.ofFirst.of) === 'none') return null
  const worst = findNarrowest(steps)
  return (
    <div className={classes.sentences}>
      <p>{t('say.through', { step: nameStep(last.step), share: write(last.ofFirst) })}</p>
      {worst && (
        <p>
          {t('say.narrowest', {
            from: nameStep(worst.from.step),
            to: nameStep(worst.to.step),
            share: write(worst.share),
          })}
        </p>
      )}
      {answer.other && <Changes answer={answer} />}
    </div>
  )
}

/** Against the period before, or another segment by its name. */
function Changes({ answer }: { answer: FunnelAnswer }) {
  const { t } = useTranslation('funnels')
  const { nameStep } = useFunnelNames()
  const { meta } = answer
  const list = listChanges(answer, nameStep, t)
  const isSegment = meta.compared && meta.compared.segment?.id !== meta.segment?.id
  return (
    <p>
      {isSegment
        ? t('say.changedSegment', { list, name: meta.compared?.segment?.name ?? '' })
        : t('say.changed', { list })}
    </p>
  )
}

/** Where the smallest share goes on, among steps that enough persons came to. */
function findNarrowest(steps: Steps) {
  const passages = steps.flatMap((to, index) => {
    const from = steps.slice(0, index).findLast(({ step }) => !step.optional)
    return from && to.ofPrevious && !to.step.optional && weightOf(to.ofPrevious.of) === 'number'
      ? [{ from, to, share: to.ofPrevious }]
      : []
  })
  return passages.length < 2 ? undefined : passages.toSorted((a, b) => a.share.share - b.share.share)[0]
}

type Say = ReturnType<typeof useTranslation<'funnels'>>['t']

function listChanges(
  answer: FunnelAnswer,
  nameStep: (step: Steps[number]['step']) => string,
  t: Say,
): string {
  const found = (verdict: 'better' | 'worse') =>
    answer.steps
      .filter((own, index) => {
        const other = answer.other?.steps[index]
        return other && judgeChange(other.changeOfPrevious, own.ofPrevious, other.ofPrevious) === verdict
      })
      .map(({ step }) => `«${nameStep(step)}»`)
  const parts = (['better', 'worse'] as const).flatMap((verdict) => {
    const names = found(verdict)
    return names.length === 0 ? [] : [t(`say.${verdict}`, { steps: names.join(', ') })]
  })
  return parts.length === 0 ? t('say.same') : parts.join('; ')
}
