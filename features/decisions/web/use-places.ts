import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { RegistryView } from '../../touchpoints/contract.ts'

type Named = RegistryView['registry']['stages'][number]

/** A key that nobody has named yet, made readable: `store_talk` → «Store talk». */
const readable = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')

/** The stages and touchpoints of the shop as it calls them, and how one place of a decision is named. */
export function usePlaces() {
  const { id } = useShop()
  const { t, i18n } = useTranslation('decisions')
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const registry = data?.registry
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const own = (registry?.[kind] as readonly Named[] | undefined)?.find((one) => one.key === key)?.name
    const said = own?.[i18n.language as Language] ?? own?.ru ?? own?.uk ?? own?.en
    // The words of another room, which the types of this one's can't know.
    return said ?? String(i18n.t(`touchpoints:${kind}.${key}`, { defaultValue: readable(key) }))
  }
  return {
    /** Choices grouped by stage; a value is `stage:<key>` or `touchpoint:<key>`. */
    groups: (registry?.stages ?? []).map((stage) => ({
      group: nameOf('stages', stage.key),
      items: [
        { value: `stage:${stage.key}`, label: t('place.stage', { stage: nameOf('stages', stage.key) }) },
        ...(registry?.touchpoints ?? [])
          .filter((touchpoint) => touchpoint.stage === stage.key && touchpoint.isOn)
          .map(({ key }) => ({ value: `touchpoint:${key}`, label: nameOf('touchpoints', key) })),
      ],
    })),
    nameOf({ stage, touchpoint }: { stage: string | null; touchpoint: string | null }): string {
      if (touchpoint !== null) return nameOf('touchpoints', touchpoint)
      return stage === null ? t('place.all') : nameOf('stages', stage)
    },
  }
}

/** `stage:delivery` → {stage: 'delivery', touchpoint: null}; '' is the whole path. */
export function readPlace(value: string): { stage: string | null; touchpoint: string | null } {
  const [kind, key = ''] = value.split(':')
  return {
    stage: kind === 'stage' && key !== '' ? key : null,
    touchpoint: kind === 'touchpoint' && key !== '' ? key : null,
  }
}

export function writePlace({
  stage,
  touchpoint,
}: {
  stage?: string | null
  touchpoint?: string | null
}): string {
  if (touchpoint) return `touchpoint:${touchpoint}`
  return stage ? `stage:${stage}` : ''
}
