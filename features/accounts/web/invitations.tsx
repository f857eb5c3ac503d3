import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconMailForward } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import type { Role } from '../../../web/session.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { SecretOnce } from '../../../web/ui/secret-once.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { listOf } from '../../../web/use-cursor-list.ts'
import type { Invitation } from '../contract.ts'
import { DialogButton } from './dialog-button.tsx'
import forms from './forms.module.css'
import { RoleSelect } from './role-select.tsx'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

/** Open invitations. A link is shown once; whoever opens it within a week joins. */
export function Invitations({ shop }: { shop: number }) {
  const { t } = useTranslation('accounts')
  const path = `/shops/${shop}/invitations`
  const answer = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Invitation[] }>(path, { signal }),
  })
  const list = listOf(answer)
  const [link, setLink] = useState<string | null>(null)
  const invite = (
    <DialogButton label={t('invitations.new')} title={t('invitations.newTitle')}>
      {(close) => <InviteForm path={path} onLink={setLink} close={close} />}
    </DialogButton>
  )
  return (
    <Section title={t('invitations.title')} hint={t('invitations.hint')} actions={invite} flush>
      {link !== null && (
        <div className={forms.aside}>
          <SecretOnce label={t('invitations.link')} secret={link} onDone={() => setLink(null)} />
        </div>
      )}
      <DataTable
        label={t('invitations.title')}
        list={list}
        columns={useColumns(path)}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={<IconMailForward size={22} />} title={t('invitations.empty')}>
            {t('invitations.emptyWhy')}
          </EmptyState>
        }
      />
    </Section>
  )
}

function useColumns(path: string): Column<Invitation>[] {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  return [
    {
      key: 'who',
      header: t('invitations.for'),
      cell: ({ email }) => email ?? t('invitations.anybody'),
      width: '30%',
    },
    { key: 'role', header: t('members.role'), cell: ({ role }) => t(`role.${role}`) },
    { key: 'by', header: t('invitations.by'), cell: ({ invitedBy }) => invitedBy ?? '–' },
    {
      key: 'until',
      header: t('until'),
      cell: ({ expiresAt }) => <DateTime at={expiresAt} show="date-time" />,
    },
    {
      key: 'revoke',
      header: t('actions'),
      headerHidden: true,
      align: 'end',
      onPhone: 'plain',
      cell: ({ id }) => (
        <ConfirmButton
          label={t('invitations.revoke')}
          title={t('invitations.revokeTitle')}
          consequence={t('invitations.revokeWhat')}
          confirmLabel={t('invitations.revoke')}
          buttonProps={{ size: 'xs', variant: 'subtle' }}
          onConfirm={async () => {
            await api.del(`${path}/${id}`)
            await refresh()
          }}
        />
      ),
    },
  ]
}

type InviteFormProps = { path: string; onLink: (link: string) => void; close: () => void }

function InviteForm({ path, onLink, close }: InviteFormProps) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const form = useForm({ initialValues: { role: 'operator' as Role, email: '' } })
  const { run, isRunning, error } = useFormAction(form, async ({ role, email }: typeof form.values) => {
    const body = { role, email: email.trim() || undefined }
    const { url } = await api.post<{ url: string }>(path, { body })
    onLink(url)
    close()
    await refresh()
  })
  const { role } = form.values
  return (
    <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
      <RoleSelect
        label={t('members.role')}
        description={t(`roleCan.${role}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={role}
        onChange={(next) => form.setFieldValue('role', next)}
      />
      <TextInput
        label={t('invitations.email')}
        description={t('invitations.emailWhy')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        type="email"
        autoComplete="off"
        {...form.getInputProps('email')}
      />
      <FormError error={error} />
      <div className={`${forms.buttons} ${forms.end}`}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('invitations.make')}
        </Button>
      </div>
    </form>
  )
}
