import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { Account } from '../contract.ts'
import { EntryWait } from './entry-wait.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { OwnShops } from './own-shops.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { TwoFactor } from './two-factor.tsx'

/** What a member changes about themselves, whatever their role. */
export function AccountPage() {
  const account = useQuery({
    queryKey: ['account'],
    queryFn: ({ signal }) => api.get<Account>('/account', { signal }),
  })
  if (account.isPending)
    return (
      <Section>
        <EntryWait />
      </Section>
    )
  if (account.isError)
    return (
      <Section>
        <ErrorState error={account.error} onRetry={() => void account.refetch()} />
      </Section>
    )
  return (
    <>
      <ProfileForm account={account.data} />
      <PasswordForm email={account.data.email} />
      <TwoFactor account={account.data} />
      <OwnSessions />
      <OwnShops />
    </>
  )
}
