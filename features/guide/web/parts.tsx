import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import type { DemoState } from '../contract.ts'

const ASK_EVERY_MS = 1_500

/** How far the demo shop is, to whoever looks at it while it is made; nothing in any other shop or at any other time. */
export function DemoInTheMaking() {
  const { t } = useTranslation('shell')
  const shop = useShop()
  const path = `/shops/${shop.id}/demo`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<DemoState>(path, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_EVERY_MS : false),
  })
  if (data?.state !== 'running' || data.shop !== shop.id) return null
  return <ProgressBar label={t('demoInTheMaking')} value={data.share} />
}
export { WaysToBegin } from './ways-to-begin.tsx'
