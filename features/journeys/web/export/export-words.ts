import { useTranslation } from 'react-i18next'
import { formatDay, useLocale } from '../../../../web/format.ts'
import { useShop } from '../../../../web/shop-context.tsx'
import type { JourneyMap, Sentence } from '../../contract.ts'
import { useEstimateWords } from '../figures.tsx'
import { formatSpan } from '../format-span.ts'
import type { MapView } from '../map-view.ts'
import { useSentence } from '../sentence-text.tsx'

export type ExportWords = ReturnType<typeof useExportWords>

/** Every word of the exported picture, so that drawing itself speaks no language. */
export function useExportWords(map: JourneyMap, view: MapView) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const shop = useShop()
  const write = useEstimateWords()
  const sentence = useSentence(view.names)
  const { meta } = map
  const period = `${formatDay(meta.fromDay, locale)} – ${formatDay(meta.toDay, locale)}`
  return {
    locale,
    title: t('title'),
    shop: shop.name,
    facts: [period, view.names.segment(meta.segment), t('persons', { count: meta.persons })].join(' · '),
    notes: (['said', 'kept', 'heard'] as const).map(
      (name) => `${t(`${name}.name`)}: ${t(`${name}.definition`)}`,
    ),
    bands: { people: t('people.name'), said: t('said.name'), kept: t('kept.name') },
    fewData: t('fewData'),
    short: write.short,
    range: write.range,
    stage: view.names.stage,
    touchpoint: view.names.touchpoint,
    persons: (count: number) => t('persons', { count }),
    span: (seconds: number) => formatSpan(seconds, locale),
    sentence: (one: Sentence) => sentence(one).replaceAll(/<\/?b>/g, ''),
    sentenceLabel: (kind: 'better' | 'worse' | 'next') => t(`sentence.${kind}`),
    fileName: `tropa-${meta.fromDay}-${meta.toDay}`,
  }
}
