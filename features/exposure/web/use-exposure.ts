import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { Language } from '../../../web/language.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { useReportAddress } from '../../reports/web/parts.ts'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { ExposureAnswer, ExposureBin } from '../contract.ts'
import { type Outcome, USUAL_WINDOW } from '../vocabulary.ts'
import { type ExposureSearch, readExposureSearch, toExposureQuery } from './exposure-search.ts'

export function useExposureAddress() {
  const address = useReportAddress<ExposureSearch>(readExposureSearch)
  // Another question has other groups.
  const change = (part: Partial<ExposureSearch>) =>
    address.change({ bin: undefined, last: undefined, ...part })
  return { ...address, change }
}
export type ExposureAddress = ReturnType<typeof useExposureAddress>

export function useExposureQuery(search: ExposureSearch) {
  return toExposureQuery(search, new Date(), useTimeZone())
}

/** The answer to a question; while the next one is on its way, the one before stays on the screen. */
export function useExposure(search: ExposureSearch) {
  const { id } = useShop()
  const query = useExposureQuery(search)
  return useQuery({
    queryKey: [`/shops/${id}/exposure`, query],
    queryFn: ({ signal }) => api.get<ExposureAnswer>(`/shops/${id}/exposure`, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}

type Named = RegistryView['registry']['touchpoints'][number]

/** Touchpoints by their stage, as they are called here. */
export function useTouchpoints() {
  const { id } = useShop()
  const { i18n, t } = useTranslation('exposure')
  const say = t as unknown as (key: string, values?: object) => string
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const registry = data?.registry
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const own = registry?.[kind].find((one) => one.key === key)?.name?.[i18n.language as Language]
    return own ?? say(`touchpoints:${kind}.${key}`, { defaultValue: key.replaceAll('_', ' ') })
  }
  const toChoice = ({ key }: Named) => ({ value: key, label: nameOf('touchpoints', key) })
  const groups = (registry?.stages ?? [])
    .map(({ key }) => ({
      group: nameOf('stages', key),
      items: registry?.touchpoints.filter((one) => one.isOn && one.stage === key).map(toChoice) ?? [],
    }))
    .filter(({ items }) => items.length > 0)
  return { groups, nameOf: (key: string) => nameOf('touchpoints', key) }
}

const DIGITS: Record<Outcome, number> = { order: 1, repeat: 1, attitude: 0, recommendation: 1 }

/** How numbers of this report are written. */
export function useExposureWords(outcome: Outcome) {
  const locale = useLocale()
  const { t } = useTranslation('exposure')
  const digits = DIGITS[outcome]
  const write = (value: number, signed = outcome === 'attitude') =>
    formatNumber(value, locale, { digits, signed })
  return {
    digits,
    write,
    range: ({ low, high }: { low: number; high: number }, signed = false) =>
      t('range', { low: write(low, signed), high: write(high, signed) }),
    /** 0, 3–4, 10+ */
    bin: ({ from, to }: Pick<ExposureBin, 'from' | 'to'>) =>
      to === null ? `${from}+` : to === from ? String(from) : `${from}–${to}`,
  }
}

export const windowOf = ({ window }: ExposureSearch) => window ?? USUAL_WINDOW
