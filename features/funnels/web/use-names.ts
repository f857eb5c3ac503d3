import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { FunnelStep } from '../contract.ts'
import { STANDARD_STEPS } from '../vocabulary.ts'

type Named = RegistryView['registry']['stages'][number]
const readable = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')

/** How steps and values are called, and what there is to choose from. */
export function useFunnelNames() {
  const { id } = useShop()
  const { t, i18n } = useTranslation('funnels')
  const say = t as unknown as (key: string, values?: object) => string
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const registry = data?.registry
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const own = (registry?.[kind] as readonly Named[] | undefined)?.find((one) => one.key === key)?.name
    return (
      own?.[i18n.language as Language] ?? say(`touchpoints:${kind}.${key}`, { defaultValue: readable(key) })
    )
  }
  const nameStep = (step: FunnelStep): string => {
    if (STANDARD_STEPS.some(({ label }) => label === step.label)) return say(`standard.${step.label}`)
    if (step.label) return step.label
    if (step.touchpoint) return nameOf('touchpoints', step.touchpoint)
    if (step.state) return say(`state.${step.state}`)
    if (step.stage) return nameOf('stages', step.stage)
    return step.name ?? say('step.condition')
  }
  const nameValue = (by: string, value: string | null): string => {
    if (value === null) return t('groups.others')
    if (value === '') return t('groups.unknown')
    if (by === 'channel' && isChannel(value)) return say(`channels:${value}`)
    if (by === 'arrival') return nameOf('touchpoints', value)
    if (by === 'device') return say(`device.${value}`, { defaultValue: value })
    return value
  }
  const touchpoints = (registry?.touchpoints ?? [])
    .filter(({ isOn }) => isOn)
    .map(({ key }) => ({ value: key, label: nameOf('touchpoints', key) }))
  const namePage = (key: string) => nameOf('touchpoints', key)
  return { nameStep, nameValue, namePage, touchpoints }
}
