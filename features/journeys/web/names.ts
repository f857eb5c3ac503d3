import { useQuery } from '@tanstack/react-query'
import { isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Registry, RegistryView, Stage } from '../../touchpoints/contract.ts'
import type { MapSearch } from './map-search.ts'
import { useSavedNames } from './saved-segments.ts'

type Named = Pick<Stage, 'key' | 'name'>

/** The shop's own stages and touchpoints with their standards; undefined while it is on its way. */
export function useRegistry(): Registry | undefined {
  const { id } = useShop()
  return useQuery({
    queryKey: ['touchpoint-registry', id],
    queryFn: ({ signal }) => api.get<RegistryView>(`/shops/${id}/touchpoints`, { signal }),
    staleTime: 60_000,
  }).data?.registry
}

/** A key that nobody has named yet, made readable: `store_talk` → «Store talk». */
const readable = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')

/** How the shop calls its stages, touchpoints and the segments of an address: its own name, else ours, else the key. */
export function useNames(search: MapSearch) {
  const registry = useRegistry()
  const savedName = useSavedNames(search)
  const { t, i18n } = useTranslation()
  const language = i18n.language as Language
  const own = (list: readonly Named[] | undefined, key: string) => {
    const name = list?.find((one) => one.key === key)?.name
    return name?.[language] ?? name?.ru ?? name?.uk ?? name?.en
  }
  const builtIn = (kind: string, key: string): string =>
    t(`touchpoints:${kind}.${key}`, { defaultValue: readable(key) })
  return {
    registry,
    stage: (key: string) => own(registry?.stages, key) ?? builtIn('stages', key),
    touchpoint: (key: string) => own(registry?.touchpoints, key) ?? builtIn('touchpoints', key),
    measure: (key: string) => builtIn('measures', key),
    segment: (key: string): string => {
      const saved = savedName(key)
      if (saved !== undefined) return saved
      const [which = '', channel = ''] = key.split(':')
      if (!channel) return t(`journeys:segment.${key}`, { defaultValue: readable(key) })
      const name = isChannel(channel) ? t(`channels:${channel}`) : channel
      return t(`journeys:segment.${which}`, { channel: name, defaultValue: readable(key) })
    },
  }
}

export type Names = ReturnType<typeof useNames>
