import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { type Role, useSession } from '../../../web/session.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { listOf } from '../../../web/use-cursor-list.ts'
import type { Member } from '../contract.ts'
import forms from './forms.module.css'
import { Invitations } from './invitations.tsx'
import { RoleList } from './role-list.tsx'
import { RoleSelect } from './role-select.tsx'
import { useRefresh } from './use-refresh.ts'

/** Who works for the shop and as what. Owners invite, change roles and let go. */
export function MembersPage() {
  const { t } = useTranslation('accounts')
  const shop = useShop()
  const path = `/shops/${shop.id}/members`
  const answer = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Member[] }>(path, { signal }),
  })
  const list = listOf(answer)
  const [error, setError] = useState<unknown>(null)
  const owners = list.items.filter((member) => member.role === 'owner').length
  const columns = useColumns({ isOwner: shop.role === 'owner', owners, path, onError: setError })
  return (
    <>
      <Section title={t('members.title')} hint={t('members.hint')} actions={<RoleList />} flush>
        <FormError error={error} />
        <DataTable
          label={t('members.title')}
          list={list}
          columns={columns}
          rowKey={({ id }) => id}
          empty={null}
        />
      </Section>
      {shop.role === 'owner' && <Invitations shop={shop.id} />}
    </>
  )
}

type Rights = { isOwner: boolean; owners: number; path: string; onError: (error: unknown) => void }

function useColumns(rights: Rights): Column<Member>[] {
  const { t } = useTranslation('accounts')
  const columns: Column<Member>[] = [
    {
      key: 'name',
      header: t('members.name'),
      cell: ({ name, email }) => (
        <>
          <div className={forms.name}>{name}</div>
          <div className={forms.quiet}>{email}</div>
        </>
      ),
      width: '34%',
    },
    { key: 'role', header: t('members.role'), cell: (member) => <RoleCell member={member} {...rights} /> },
    {
      key: 'second',
      header: t('members.twoFactor'),
      cell: ({ twoFactor }) => (
        <Badge tone={twoFactor ? 'won' : 'quiet'}>{t(twoFactor ? 'members.on' : 'members.off')}</Badge>
      ),
    },
    { key: 'seen', header: t('members.seen'), cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} /> },
  ]
  if (!rights.isOwner) return columns
  const remove = (member: Member) => <RemoveCell member={member} {...rights} />
  return [
    ...columns,
    { key: 'remove', header: t('actions'), headerHidden: true, cell: remove, align: 'end', onPhone: 'plain' },
  ]
}

function RoleCell({ member, isOwner, owners, path, onError }: Rights & { member: Member }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const isLastOwner = member.role === 'owner' && owners === 1
  const { run, isRunning } = useAction(async (role: Role) => {
    onError(null)
    await api.patch(`${path}/${member.id}`, { body: { role } }).catch(onError)
    await refresh()
  })
  if (!isOwner) return t(`role.${member.role}`)
  return (
    <RoleSelect
      aria-label={t('members.roleOf', { name: member.name })}
      size="sm"
      w={172}
      value={member.role}
      disabled={isRunning || isLastOwner}
      title={isLastOwner ? t('members.lastOwner') : undefined}
      onChange={(role) => void run(role)}
    />
  )
}

function RemoveCell({ member, owners, path }: Rights & { member: Member }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const { member: self } = useSession()
  if (member.id === self.id || (member.role === 'owner' && owners === 1)) return null
  return (
    <ConfirmButton
      label={t('members.remove')}
      title={t('members.removeTitle', { name: member.name })}
      consequence={t('members.removeWhat')}
      confirmLabel={t('members.removeYes')}
      buttonProps={{ size: 'xs', variant: 'subtle' }}
      onConfirm={async () => {
        await api.del(`${path}/${member.id}`)
        await refresh(t('members.removed', { name: member.name }))
      }}
    />
  )
}
