import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { FlowAnswer } from '../contract.ts'
import { toneOfDifference, useFlowWords } from './flow-words.ts'
import classes from './paths.module.css'

/** What the picture means, in two or three sentences. */
export function FlowSentences({ answer, nameOf }: { answer: FlowAnswer; nameOf: (key: string) => string }) {
  const { t } = useTranslation('paths')
  const words = useFlowWords(nameOf)
  const { root, columns } = answer
  const [first, second] = columns.map(findCommonest)
  const leaving = findLeaving(answer)
  return (
    <ul className={classes.sentences}>
      <li>
        {t('flow.say.ends', {
          count: root.n,
          ordered: words.share(root.ordered),
          open: words.plain(root.open, root.n),
        })}
      </li>
      {first && second && (
        <li>
          {t('flow.say.steps', {
            first: words.name(first),
            firstShare: words.plain(first.n, first.of),
            second: words.name(second),
            secondShare: words.plain(second.n, second.of),
          })}
        </li>
      )}
      {leaving && (
        <li>
          {t('flow.say.leaving', {
            name: words.name(leaving.node),
            place: leaving.column + 1,
            count: leaving.n,
            share: words.plain(leaving.n, leaving.node.n),
          })}
        </li>
      )}
      <Changes answer={answer} nameOf={nameOf} />
    </ul>
  )
}

/** What differs from the other side of a comparison, or that nothing does. */
function Changes({ answer, nameOf }: { answer: FlowAnswer; nameOf: (key: string) => string }) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const words = useFlowWords(nameOf)
  if (!answer.meta.compared) return null
  const changed = listChanged(answer)
  if (changed.length === 0) return <li>{t('difference.none')}</li>
  return changed.map(({ node, at }) => (
    <li key={`${at} ${node.place} ${node.key}`}>
      {t('flow.say.changed', {
        name: words.name(node),
        place: at + 1,
        value: formatNumber((node.other?.difference ?? 0) * 100, locale, { digits: 1, signed: true }),
      })}
    </li>
  ))
}

/** Compared sides are sorted by both together, so the first of a column need not be the commonest here. */
function findCommonest(column: FlowAnswer['columns'][number]) {
  return column.filter(({ place }) => place === 'step').sort((a, b) => b.n - a.n)[0]
}

/** The nodes whose share differs most, of those that chance hardly explains. */
function listChanged({ columns }: FlowAnswer) {
  const sizeOf = (node: FlowAnswer['columns'][number][number]) => Math.abs(node.other?.difference ?? 0)
  return columns
    .flatMap((column, at) => column.map((node) => ({ node, at })))
    .filter(({ node }) => toneOfDifference(node) !== undefined)
    .sort((a, b) => sizeOf(b.node) - sizeOf(a.node))
    .slice(0, 2)
}

/** After which contact most paths break off without an order. */
function findLeaving({ columns, links }: FlowAnswer) {
  const lost = links
    .filter(({ column, to }) => columns[column + 1]?.[to]?.place === 'left')
    .map(({ column, from, n }) => ({ column, n, node: columns[column]?.[from] }))
    .sort((a, b) => b.n - a.n)[0]
  return lost?.node?.place === 'step' ? { ...lost, node: lost.node } : undefined
}
