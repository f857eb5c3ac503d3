import { useTranslation } from 'react-i18next'
import { formatDay, formatPercent, useLocale } from '../../../../web/format.ts'
import { useShop } from '../../../../web/shop-context.tsx'
import type { JourneyMap, MapStage, Sentence } from '../../contract.ts'
import { useEstimateWords } from '../figures.tsx'
import type { MapView } from '../map-view.ts'
import { useOnwardWords } from '../onward-words.ts'
import { useSentence } from '../sentence-text.tsx'

export type ExportWords = ReturnType<ReturnType<typeof useExportWords>>

/** Every word of the exported picture, so that what draws it speaks no language itself. */
export function useExportWords(view: MapView) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const shop = useShop()
  const sayOnward = useOnwardWords()
  const { short, range, toneOf } = useEstimateWords()
  const { names } = view
  const plain = useSentence(names)
  const say = (sentence: Sentence) => plain(sentence).replaceAll(/<\/?b>/g, '')
  return ({ meta, sentences, compared }: JourneyMap) => ({
    title: t('title'),
    shop: shop.name,
    facts: [
      `${formatDay(meta.fromDay, locale)} – ${formatDay(meta.toDay, locale)}`,
      names.segment(meta.segment),
      t('persons', { count: meta.persons }),
      ...(compared
        ? [
            t('export.compared', {
              segment: names.segment(compared.meta.segment),
              from: formatDay(compared.meta.fromDay, locale),
              to: formatDay(compared.meta.toDay, locale),
            }),
          ]
        : []),
    ].join(' · '),
    sentences: (['better', 'worse', 'next'] as const).map((kind) => ({
      label: t(`sentence.${kind}`),
      text: sentences[kind] ? say(sentences[kind]) : t(`sentence.none.${kind}`),
      tone: sentences[kind] ? ({ better: 'won', worse: 'lost', next: 'link' } as const)[kind] : 'edge',
    })),
    notes: (['said', 'kept', 'heard'] as const).map(
      (name) => `${t(`${name}.name`)}. ${t(`${name}.definition`)}`,
    ),
    bands: { people: t('people.name'), said: t('said.name'), kept: t('kept.name') },
    say,
    short,
    range,
    toneOf,
    expected: (stage: MapStage) => t('expected.short', { value: short('said', stage.expected) }),
    stage: names.stage,
    touchpoint: names.touchpoint,
    persons: (count: number) => t('persons', { count }),
    onward: ({ next }: MapStage) =>
      next
        ? `${t('flow.onward', { share: formatPercent(next.share, locale) })} ${sayOnward(next.medianSeconds)}`
        : '',
    heard: (stage: MapStage) => t('heard.short', { share: formatPercent(stage.heard.share, locale) }),
    more: (count: number) => t('more', { count }),
    fileName: `tropa-${meta.fromDay}-${meta.toDay}`,
  })
}
