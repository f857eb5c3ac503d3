import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CHANNEL_KEYS, isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { SegmentChoices, SegmentList } from '../contract.ts'
import type { FeedbackKind, SegmentOrderState, TouchField } from '../vocabulary.ts'

type Named = RegistryView['registry']['stages'][number]

export interface Choice {
  value: string
  label: string
}

/** A key that nobody has named yet, made readable: `store_talk` → «Store talk». */
const readable = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')

function useNamedSegments() {
  const { id } = useShop()
  return useQuery({
    queryKey: [`/shops/${id}/segments`, 'names'],
    queryFn: ({ signal }) => api.get<SegmentList>(`/shops/${id}/segments`, { query: { limit: 200 }, signal }),
    staleTime: 30_000,
  }).data?.items
}

/** How everything is called that conditions name, and what there is to choose from. */
export function useChosenNames() {
  const { id } = useShop()
  const { t, i18n } = useTranslation('segments')
  const say = t as unknown as (key: string, values?: object) => string
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const registry = data?.registry
  const segments = useNamedSegments()
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const own = (registry?.[kind] as readonly Named[] | undefined)?.find((one) => one.key === key)?.name
    return (
      own?.[i18n.language as Language] ?? say(`touchpoints:${kind}.${key}`, { defaultValue: readable(key) })
    )
  }
  const channel = (key: string) => (isChannel(key) ? say(`channels:${key}`) : key)
  const choose = (keys: readonly string[], label: (key: string) => string): Choice[] =>
    keys.map((value) => ({ value, label: label(value) }))
  return {
    stage: (key: string) => nameOf('stages', key),
    touchpoint: (key: string) => nameOf('touchpoints', key),
    channel,
    state: (state: SegmentOrderState) => say(`state.${state}`),
    feedback: (kind: FeedbackKind) => say(`feedback.${kind}`),
    segment: (segment: number) => segments?.find((one) => one.id === segment)?.name ?? `#${segment}`,
    touchValue: (by: TouchField, value: string) =>
      by === 'channel' ? channel(value) : by === 'touchpoint' ? nameOf('touchpoints', value) : value,
    stages: choose(registry?.stages.map(({ key }) => key) ?? [], (key) => nameOf('stages', key)),
    channels: choose(CHANNEL_KEYS, channel),
    touchpoints: choose(registry?.touchpoints.filter(({ isOn }) => isOn).map(({ key }) => key) ?? [], (key) =>
      nameOf('touchpoints', key),
    ),
    segments: (segments ?? []).map((one) => ({ value: String(one.id), label: one.name })),
  }
}

/** Names of events, traits, sources and campaigns that the history has. */
export function useSegmentChoices(): SegmentChoices {
  const { id } = useShop()
  const { data } = useQuery({
    queryKey: [`/shops/${id}/segment-choices`],
    queryFn: ({ signal }) => api.get<SegmentChoices>(`/shops/${id}/segment-choices`, { signal }),
    staleTime: 300_000,
  })
  return data ?? { events: [], traits: [], sources: [], campaigns: [] }
}
