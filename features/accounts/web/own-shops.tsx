import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { type ShopAccess, useSession } from '../../../web/session.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { guessCurrency, ownTimeZone } from './choices.ts'
import { ClosedShops } from './closed-shops.tsx'
import { DialogButton } from './dialog-button.tsx'
import forms from './forms.module.css'
import { ShopBasics } from './shop-basics.tsx'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

/** The member's shops: to open, to leave, to open again when closed; owners may start another. */
export function OwnShops() {
  const { t } = useTranslation('accounts')
  const { shops, archivedShops } = useSession()
  const isOwner = [...shops, ...archivedShops].some((shop) => shop.role === 'owner')
  const another = isOwner && (
    <DialogButton label={t('shops.new')} title={t('shops.newTitle')}>
      {(close) => <NewShopForm close={close} />}
    </DialogButton>
  )
  return (
    <Section title={t('shops.title')} actions={another}>
      <ul className={forms.rows}>
        {shops.map((shop) => (
          <ShopRow key={shop.id} shop={shop} />
        ))}
      </ul>
      <ClosedShops />
    </Section>
  )
}

function ShopRow({ shop }: { shop: ShopAccess }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const router = useRouter()
  return (
    <li className={forms.row}>
      <div className={forms.grow}>
        <Link className={forms.name} to="/s/$shop" params={{ shop: String(shop.id) }}>
          {shop.name}
        </Link>
        <div className={forms.quiet}>{t(`role.${shop.role}`)}</div>
      </div>
      <ConfirmButton
        label={t('shops.leave')}
        title={t('shops.leaveTitle', { shop: shop.name })}
        consequence={t(shop.role === 'owner' ? 'shops.leaveOwner' : 'shops.leaveWhat')}
        confirmLabel={t('shops.leave')}
        buttonProps={{ size: 'xs', variant: 'subtle' }}
        onConfirm={async () => {
          await api.post(`/shops/${shop.id}/leave`)
          await refresh()
          router.history.push('/')
        }}
      />
    </li>
  )
}

function NewShopForm({ close }: { close: () => void }) {
  const { t, i18n } = useTranslation('accounts')
  const refresh = useRefresh()
  const router = useRouter()
  const timeZone = ownTimeZone()
  const form = useForm({ initialValues: { name: '', currency: guessCurrency(timeZone), timeZone } })
  const { run, isRunning, error } = useFormAction(form, async (values: typeof form.values) => {
    const body = { ...values, language: i18n.language as Language }
    const { id } = await api.post<{ id: number }>('/shops', { body })
    await refresh()
    close()
    router.history.push(`/s/${id}/settings/keys`)
  })
  return (
    <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
      <TextInput
        label={t('shop.name')}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <ShopBasics values={form.values} inputProps={form.getInputProps} />
      <FormError error={error} />
      <div className={`${forms.buttons} ${forms.end}`}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('shops.make')}
        </Button>
      </div>
    </form>
  )
}
