import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Source } from '../contract.ts'
import { EntryWait } from './entry-wait.tsx'
import forms from './forms.module.css'
import { NewSourceButton } from './new-source.tsx'
import { SendSnippets } from './send-snippets.tsx'
import { SourceCard } from './source-card.tsx'
import { Tokens } from './tokens.tsx'

/** Where events come from and by which keys, how to send the first one, and the keys of programs that read. */
export function KeysPage() {
  const { t } = useTranslation('accounts')
  const shop = useShop()
  const path = `/shops/${shop.id}/sources`
  const sources = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Source[] }>(path, { signal }),
  })
  const shown = sources.data?.items.filter((source) => source.kind === 'http') ?? []
  const working = shown.filter((source) => source.enabled).flatMap((source) => source.keys)
  const writeKey = working.find((key) => key.enabled && key.endsAt === null)?.key
  return (
    <>
      <Section title={t('sources.title')} hint={t('sources.hint')} actions={<NewSourceButton path={path} />}>
        {sources.isPending && <EntryWait />}
        {sources.isError && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
        {shown.map((source) => (
          <SourceCard key={source.id} source={source} shop={shop.id} />
        ))}
      </Section>
      {writeKey !== undefined && (
        <Section title={t('snippet.title')} hint={t('snippet.hint')}>
          <SendSnippets writeKey={writeKey} />
          <p className={`${forms.quiet} ${forms.after}`}>{t('snippet.then')}</p>
        </Section>
      )}
      <Tokens shop={shop.id} />
    </>
  )
}
