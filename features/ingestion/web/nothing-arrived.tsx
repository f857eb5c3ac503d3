import { IconAntennaBars5 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Static } from 'typebox'
import { api } from '../../../web/api-client.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import type { Sources } from '../../accounts/contract.ts'
import { SendSnippets } from '../../accounts/web/parts.ts'

/** Before the first event: how to send one, ready to paste with the shop's own key. */
export function NothingArrived({ shop }: { shop: number }) {
  const { t } = useTranslation('ingestion')
  const sources = useQuery({
    queryKey: [`/shops/${shop}/sources`],
    queryFn: ({ signal }) => api.get<Static<typeof Sources>>(`/shops/${shop}/sources`, { signal }),
    retry: false,
  })
  const key = sources.data?.items.flatMap(({ keys }) => keys).find(({ enabled }) => enabled)?.key
  return (
    <>
      <EmptyState icon={<IconAntennaBars5 />} title={t('empty.title')}>
        {t('empty.why')}
      </EmptyState>
      {key && (
        <div style={{ padding: '0 18px 20px', maxWidth: 820, margin: '0 auto' }}>
          <SendSnippets writeKey={key} />
        </div>
      )}
    </>
  )
}
