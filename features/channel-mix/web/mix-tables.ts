import type { TFunction } from 'i18next'
import type { ReportTable } from '../../reports/web/parts.ts'
import type { ChannelMix, Estimate, MixFigures } from '../contract.ts'
import { OTHER_MIXES } from '../vocabulary.ts'

type Column = ReportTable['columns'][number]

/** Everything on the page as tables, with both ends of every range. */
export function toTables(answer: ChannelMix, t: TFunction): ReportTable[] {
  const estimated = (title: string, kind: Column['kind']): Column[] => [
    { title, kind },
    { title: `${title}: ${t('file.low')}`, kind },
    { title: `${title}: ${t('file.high')}`, kind },
  ]
  const columns: Column[] = [
    { title: t('file.mix'), kind: 'text' },
    { title: t('mixes.orders'), kind: 'number' },
    ...estimated(t('mixes.share'), 'share'),
    { title: t('file.value'), kind: 'money' },
    ...estimated(t('mixes.revenue'), 'share'),
    { title: t('file.problems'), kind: 'number' },
    ...estimated(t('mixes.boughtOut'), 'share'),
    { title: t('file.heard'), kind: 'number' },
    ...estimated(t('file.raw'), 'number'),
    ...estimated(t('file.adjusted'), 'number'),
    ...estimated(t('file.recommended'), 'number'),
    ...estimated(t('file.recommendedAdjusted'), 'number'),
  ]
  const nameMix = ({ key, ways }: ChannelMix['mixes'][number]) => {
    if (key === OTHER_MIXES) return t('mixes.others')
    return ways.map((way) => t(`way.${way}`)).join(' + ') || t('mixes.none')
  }
  return [
    {
      name: t('file.groups'),
      columns,
      rows: answer.groups.map((group) => [t(`group.${group.key}`), ...write(group)]),
    },
    { name: t('mixes.title'), columns, rows: answer.mixes.map((mix) => [nameMix(mix), ...write(mix)]) },
  ]
}

const ends = (one: Estimate | null) => (one ? [one.mean, one.low, one.high] : [null, null, null])

function write(figures: MixFigures): (number | null)[] {
  const { orders, share, value, revenueShare, problems, boughtOut, said, recommendation } = figures
  return [
    ...[orders, ...ends(share), value, ...ends(revenueShare), problems, ...ends(boughtOut), said.persons],
    ...[...ends(said.raw), ...ends(said.adjusted)],
    ...[...ends(recommendation.raw), ...ends(recommendation.adjusted)],
  ]
}
