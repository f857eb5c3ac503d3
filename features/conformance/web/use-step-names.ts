import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { RegistryView, ScenarioStep } from '../../touchpoints/contract.ts'

type Named = RegistryView['registry']['stages'][number]
const readable = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')

/** How the steps and stages of a path are called in the member's language. */
export function useStepNames() {
  const { id } = useShop()
  const { t, i18n } = useTranslation('conformance')
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const own = (data?.registry[kind] as readonly Named[] | undefined)?.find((one) => one.key === key)?.name
    return (
      own?.[i18n.language as Language] ?? t(`touchpoints:${kind}.${key}`, { defaultValue: readable(key) })
    )
  }
  const nameStage = (key: string) => nameOf('stages', key)
  /** A step goes by its touchpoints, the first two of them, or by its stage. */
  const nameStep = ({ stage, touchpoints }: Pick<ScenarioStep, 'stage' | 'touchpoints'>): string => {
    if (touchpoints.length === 0) return nameStage(stage)
    const names = touchpoints.slice(0, 2).map((key) => nameOf('touchpoints', key))
    const or = t('step.or')
    return names.join(` ${or} `) + (touchpoints.length > 2 ? '…' : '')
  }
  return { nameStep, nameStage }
}
export type StepNames = ReturnType<typeof useStepNames>
