import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { OwnSession } from '../contract.ts'
import { EntryWait } from './entry-wait.tsx'
import forms from './forms.module.css'
import { useRefresh } from './use-refresh.ts'
import { describeUserAgent } from './user-agent.ts'

const path = '/account/sessions'

/** Where the member is signed in, and the way to end what isn't theirs. */
export function OwnSessions() {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const sessions = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: OwnSession[] }>(path, { signal }),
  })
  const items = sessions.data?.items ?? []
  const endOthers = (
    <ConfirmButton
      label={t('sessions.endOthers')}
      title={t('sessions.endOthersTitle')}
      consequence={t('sessions.endOthersWhat')}
      confirmLabel={t('sessions.endOthers')}
      onConfirm={async () => {
        await api.post(`${path}/end-others`)
        await refresh(t('sessions.ended'))
      }}
    />
  )
  return (
    <Section
      title={t('sessions.title')}
      hint={t('sessions.hint')}
      actions={items.length > 1 ? endOthers : undefined}
    >
      {sessions.isPending && <EntryWait />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={forms.rows}>
        {items.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Section>
  )
}

function SessionRow({ session }: { session: OwnSession }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const { id, isThis, ip, userAgent, lastSeenAt } = session
  const end = useAction(async () => {
    await api.del(`${path}/${id}`)
    await refresh()
  })
  return (
    <li className={forms.row}>
      <div className={forms.grow}>
        <div className={forms.name}>{describeUserAgent(userAgent) ?? t('sessions.unknown')}</div>
        <div className={forms.quiet}>
          {ip} · <DateTime at={lastSeenAt} />
        </div>
        <FormError error={end.error} />
      </div>
      {isThis ? (
        <Badge tone="won">{t('sessions.this')}</Badge>
      ) : (
        <Button variant="subtle" size="xs" loading={end.isRunning} onClick={() => end.run()}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
