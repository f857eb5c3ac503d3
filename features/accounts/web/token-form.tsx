import { Button, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import type { Role } from '../../../web/session.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { TokenMade } from '../contract.ts'
import forms from './forms.module.css'
import { RoleSelect } from './role-select.tsx'
import { rolesUpTo } from './roles.ts'
import { useFormAction } from './use-form-action.ts'
import { useRefresh } from './use-refresh.ts'

const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
const lifetimes = ['30', '90', '365', 'forever'] as const

type TokenFormProps = { path: string; onToken: (token: string) => void; close: () => void }

export function TokenForm({ path, onToken, close }: TokenFormProps) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const among = rolesUpTo(useShop().role)
  const form = useForm({ initialValues: { name: '', role: 'viewer' as Role, days: '90' } })
  const { run, isRunning, error } = useFormAction(form, async ({ name, role, days }: typeof form.values) => {
    const body = { name, role, days: days === 'forever' ? undefined : Number(days) }
    const { token } = await api.post<TokenMade>(path, { body })
    onToken(token)
    close()
    await refresh()
  })
  const { role } = form.values
  return (
    <form className={forms.form} onSubmit={form.onSubmit((values) => void run(values))}>
      <TextInput
        label={t('tokens.name')}
        description={t('tokens.nameHint')}
        inputWrapperOrder={below}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <RoleSelect
        label={t('members.role')}
        description={t(`roleCan.${role}`)}
        inputWrapperOrder={below}
        among={among}
        value={role}
        onChange={(next) => form.setFieldValue('role', next)}
      />
      <Select
        label={t('tokens.lifetime')}
        allowDeselect={false}
        data={lifetimes.map((value) => ({ value, label: t(`tokens.days.${value}`) }))}
        {...form.getInputProps('days')}
      />
      <FormError error={error} />
      <div className={`${forms.buttons} ${forms.end}`}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isRunning}>
          {t('tokens.make')}
        </Button>
      </div>
    </form>
  )
}
