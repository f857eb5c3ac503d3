import { IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { SecretOnce } from '../../../web/ui/secret-once.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useNow } from '../../../web/ui/use-now.ts'
import { listOf } from '../../../web/use-cursor-list.ts'
import type { Token } from '../contract.ts'
import { DialogButton } from './dialog-button.tsx'
import forms from './forms.module.css'
import { TokenForm } from './token-form.tsx'
import { useRefresh } from './use-refresh.ts'

/** Keys of programs that ask this server; each is shown once, when it is made. */
export function Tokens({ shop }: { shop: number }) {
  const { t } = useTranslation('accounts')
  const path = `/shops/${shop}/tokens`
  const answer = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Token[] }>(path, { signal }),
  })
  const list = listOf(answer)
  const [secret, setSecret] = useState<string | null>(null)
  const make = (
    <DialogButton label={t('tokens.new')} title={t('tokens.newTitle')}>
      {(close) => <TokenForm path={path} onToken={setSecret} close={close} />}
    </DialogButton>
  )
  return (
    <Section title={t('tokens.title')} hint={t('tokens.hint')} actions={make} flush>
      {secret !== null && (
        <div className={forms.aside}>
          <SecretOnce label={t('tokens.token')} secret={secret} onDone={() => setSecret(null)} />
        </div>
      )}
      <DataTable
        label={t('tokens.title')}
        list={list}
        columns={useColumns(path)}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={<IconPlugConnected size={22} />} title={t('tokens.empty')}>
            {t('tokens.emptyWhy')}
          </EmptyState>
        }
      />
    </Section>
  )
}

function useColumns(path: string): Column<Token>[] {
  const { t } = useTranslation('accounts')
  return [
    {
      key: 'name',
      header: t('tokens.name'),
      cell: ({ name, hint }) => (
        <>
          <div className={forms.name}>{name}</div>
          <div className={forms.quiet}>…{hint}</div>
        </>
      ),
      width: '28%',
    },
    { key: 'role', header: t('members.role'), cell: ({ role }) => t(`role.${role}`) },
    { key: 'by', header: t('tokens.by'), cell: ({ createdBy }) => createdBy ?? t('audit.actor.cli') },
    { key: 'used', header: t('tokens.used'), cell: ({ lastUsedAt }) => <DateTime at={lastUsedAt} /> },
    { key: 'until', header: t('until'), cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    {
      key: 'revoke',
      header: t('actions'),
      headerHidden: true,
      align: 'end',
      onPhone: 'plain',
      cell: (token) => <Revoke token={token} path={path} />,
    },
  ]
}

function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation('accounts')
  const now = useNow()
  if (at === null) return t('tokens.forever')
  if (new Date(at) <= now) return <Badge tone="even">{t('tokens.ended')}</Badge>
  return <DateTime at={at} show="date-time" />
}

function Revoke({ token, path }: { token: Token; path: string }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  return (
    <ConfirmButton
      label={t('keys.revoke')}
      title={t('tokens.revokeTitle', { name: token.name })}
      consequence={t('tokens.revokeWhat')}
      confirmLabel={t('keys.revoke')}
      buttonProps={{ size: 'xs', variant: 'subtle' }}
      onConfirm={async () => {
        await api.del(`${path}/${token.id}`)
        await refresh()
      }}
    />
  )
}
