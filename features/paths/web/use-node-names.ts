import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CHANNELS } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { NodeKind } from '../vocabulary.ts'

type Named = RegistryView['registry']['stages'][number]
const readable = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')

/** How what stands for a contact is called, and what there is to choose from. */
export function useNodeNames(by: NodeKind) {
  const { id } = useShop()
  const { t, i18n } = useTranslation('paths')
  const say = t as unknown as (key: string, values?: object) => string
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const kind = by === 'stage' ? 'stages' : 'touchpoints'
  const listed = data?.registry[kind] as readonly Named[] | undefined
  const nameOf = (key: string): string => {
    if (key === 'unknown') return t('unknown')
    if (by === 'channel') return say(`channels:${key}`, { defaultValue: readable(key) })
    const own = listed?.find((one) => one.key === key)?.name
    return (
      own?.[i18n.language as Language] ?? say(`touchpoints:${kind}.${key}`, { defaultValue: readable(key) })
    )
  }
  const keys =
    by === 'channel'
      ? Object.keys(CHANNELS).filter((key) => key !== 'unknown')
      : (listed ?? []).map(({ key }) => key)
  return { nameOf, choices: keys.map((key) => ({ value: key, label: nameOf(key) })) }
}
export type NameOf = ReturnType<typeof useNodeNames>['nameOf']
