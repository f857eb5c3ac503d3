import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { isApiError } from '../../../web/api-error.ts'
import type { Language } from '../../../web/language.ts'
import { useEnter } from '../../../web/session.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { InvitationLink } from '../contract.ts'
import classes from './entry.module.css'
import { EntryHeading } from './entry-heading.tsx'
import { EntryWait } from './entry-wait.tsx'
import forms from './forms.module.css'
import { LinkGone } from './link-gone.tsx'
import { Notice } from './notice.tsx'
import { NewPasswordField } from './password-field.tsx'
import { useFormAction } from './use-form-action.ts'

/** An invitation: who invites where as what; then a click for who has an account, a short form for who hasn't. */
export function InvitePage() {
  const { t } = useTranslation('accounts')
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const link = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.get<InvitationLink>(`/invitations/${token}`, { signal }),
  })
  if (link.isPending) return <EntryWait />
  if (link.isError)
    return LinkGone.isMeant(link.error) ? (
      <LinkGone kind="invite" />
    ) : (
      <ErrorState error={link.error} onRetry={() => void link.refetch()} />
    )
  const { shopName, role, invitedBy, signedInAs } = link.data
  return (
    <>
      <EntryHeading title={t('invite.title', { shop: shopName })}>
        {invitedBy === null ? t('invite.as') : t('invite.by', { name: invitedBy })}{' '}
        <strong>{t(`role.${role}`)}</strong>. {t(`roleCan.${role}`)}
      </EntryHeading>
      {signedInAs === null ? (
        <JoinForm token={token} link={link.data} />
      ) : (
        <AcceptForm token={token} as={signedInAs} />
      )}
    </>
  )
}

function AcceptForm({ token, as }: { token: string; as: string }) {
  const { t } = useTranslation('accounts')
  const enter = useEnter()
  const { run, isRunning, error } = useAction(async () => {
    const { shop } = await api.post<{ shop: number }>(`/invitations/${token}/accept`)
    await enter(`/s/${shop}`)
  })
  return (
    <div className={forms.form}>
      <InviteError error={error} />
      <Button size="md" loading={isRunning} onClick={() => run()}>
        {t('invite.acceptAs', { email: as })}
      </Button>
    </div>
  )
}

function JoinForm({ token, link }: { token: string; link: InvitationLink }) {
  const { t, i18n } = useTranslation('accounts')
  const enter = useEnter()
  const form = useForm({ initialValues: { name: '', email: link.email ?? '', password: '' } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const body = { ...values, language: i18n.language as Language }
    const { shop } = await api.post<{ shop: number }>(`/invitations/${token}/join`, { body })
    await enter(`/s/${shop}`)
  })
  const common = { required: true, withAsterisk: false }
  return (
    <>
      <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
        <TextInput label={t('yourName')} autoComplete="name" {...common} {...form.getInputProps('name')} />
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          readOnly={link.email !== null}
          {...common}
          {...form.getInputProps('email')}
        />
        <NewPasswordField {...form.getInputProps('password')} />
        <InviteError error={error} />
        <Button type="submit" size="md" loading={isRunning}>
          {t('invite.join')}
        </Button>
      </form>
      <p className={classes.note}>
        <Link to="/sign-in" search={{ return: `/invite/${token}` }}>
          {t('invite.haveAccount')}
        </Link>
      </p>
    </>
  )
}

function InviteError({ error }: { error: unknown }) {
  const { t } = useTranslation('accounts')
  if (!isApiError(error)) return <FormError error={error} />
  if (error.code === 'conflict') {
    const { reason } = (error.details ?? {}) as { reason?: string }
    return <Notice>{t(reason === 'member' ? 'invite.member' : 'invite.taken')}</Notice>
  }
  if (error.code === 'forbidden') return <Notice>{t('invite.otherEmail')}</Notice>
  return <FormError error={error} />
}
