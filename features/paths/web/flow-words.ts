import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { Counted, FlowAnswer } from '../contract.ts'
import type { PlacedNode } from './flow-layout.ts'

export type FlowNode = FlowAnswer['columns'][number][number]

/** Differences with a smaller share of false finds among them are believed. */
export const BELIEVED = 0.05

type Compared = Pick<Counted, 'of' | 'other'>

/** Of few paths on either side no difference is told, as no share is. */
export const isEnoughToCompare = ({ of, other }: Compared): boolean =>
  other !== null && weightOf(of) !== 'none' && weightOf(other.of) !== 'none'

/** `more` and `less` where a difference is to be believed; nothing else is coloured. */
export function toneOfDifference(one: Compared): 'more' | 'less' | undefined {
  const { other } = one
  if (!other || !isEnoughToCompare(one) || other.q >= BELIEVED) return undefined
  return other.difference > 0 ? 'more' : 'less'
}

/** How a node is named to the server: a key, a place, or all contacts but the ones shown. */
export function spotOf(
  { columns }: FlowAnswer,
  { node, column }: Pick<PlacedNode, 'node' | 'column'>,
): string {
  if (node.place === 'step') return node.key
  if (node.place !== 'others') return `@${node.place}`
  const shown = (columns[column] ?? []).filter(({ place }) => place === 'step')
  return `!${shown.map(({ key }) => key).join(',')}`
}

export function useFlowWords(nameOf: (key: string) => string) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const shareWords = useShareWords()
  const name = ({ place, key, merged }: FlowNode): string => {
    if (place === 'step') return nameOf(key)
    return place === 'others' ? t('place.others', { count: merged }) : t(`place.${place}`)
  }
  const share = ({ share: value, low, high, of }: Counted): string => {
    if (value === null) return ''
    const said = shareWords({ share: value, low, high, n: of })
    return said.range === '' ? said.value : `${said.value}, ${said.range}`
  }
  /** Without a range, as far as their number allows. */
  const plain = (n: number, of: number): string =>
    shareWords({ share: of === 0 ? 0 : n / of, low: null, high: null, n: of }).value
  const tell = (node: FlowNode, column: number): string =>
    t('flow.node', {
      name: name(node),
      place: column + 1,
      number: formatNumber(node.n, locale),
      share: share(node),
    })
  return { name, share, plain, tell }
}
