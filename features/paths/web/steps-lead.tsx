import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import type { StepsAnswer } from '../contract.ts'
import { toneOfDifference, useFlowWords } from './flow-words.ts'
import { formatDuration } from './format-duration.ts'
import classes from './paths.module.css'

/** What the map means: the commonest step, where paths break off most, what has changed. */
export function StepsLead({ answer, nameOf }: { answer: StepsAnswer; nameOf: (key: string) => string }) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const words = useFlowWords(nameOf)
  const { edges, nodes, totals, transitions } = answer
  const most = edges.toSorted((a, b) => b.times - a.times)[0]
  const end = nodes.toSorted((a, b) => b.ended.left - a.ended.left)[0]
  return (
    <ul className={classes.sentences}>
      {most && most.times > 0 && (
        <li>
          {t('steps.say.most', {
            from: nameOf(most.from),
            to: nameOf(most.to),
            share: formatPercent(most.times / transitions, locale),
            half: formatDuration(most.took.half, locale),
          })}
        </li>
      )}
      {end && end.ended.left > 0 && (
        <li>
          {t('steps.say.lost', {
            name: nameOf(end.key),
            share: words.plain(end.ended.left, totals.left.n),
          })}
        </li>
      )}
      <Change answer={answer} nameOf={nameOf} />
    </ul>
  )
}

/** The step whose share differs most from the other side's, or that none does. */
function Change({ answer, nameOf }: { answer: StepsAnswer; nameOf: (key: string) => string }) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const changed = answer.edges
    .filter((edge) => toneOfDifference(edge) !== undefined)
    .sort((a, b) => Math.abs(b.other?.difference ?? 0) - Math.abs(a.other?.difference ?? 0))[0]
  if (!answer.meta.compared) return null
  if (!changed?.other) return <li>{t('difference.none')}</li>
  return (
    <li>
      {t('steps.say.changed', {
        path: `${nameOf(changed.from)} → ${nameOf(changed.to)}`,
        value: formatNumber(changed.other.difference * 100, locale, { digits: 1, signed: true }),
      })}
    </li>
  )
}
