import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api } from '../../../web/api-client.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import type { WelcomeLink } from '../contract.ts'
import { EntryWait } from './entry-wait.tsx'
import { LinkGone } from './link-gone.tsx'
import { NewPasswordForm } from './new-password-form.tsx'
import { OwnerForm } from './owner-form.tsx'

/** Where a one-time link leads: the first start, or a new password for who forgot the old one. */
export function WelcomePage() {
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const link = useQuery({
    queryKey: ['welcome', token],
    queryFn: ({ signal }) => api.get<WelcomeLink>(`/welcome/${token}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (link.isPending) return <EntryWait />
  if (link.isError)
    return LinkGone.isMeant(link.error) ? (
      <LinkGone kind="welcome" />
    ) : (
      <ErrorState error={link.error} onRetry={() => void link.refetch()} />
    )
  if (link.data.kind === 'password') return <NewPasswordForm token={token} email={link.data.email ?? ''} />
  return <OwnerForm token={token} />
}
