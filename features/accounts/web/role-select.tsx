import { Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../web/session.ts'
import { roles } from './roles.ts'

type RoleSelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  value: Role
  onChange: (role: Role) => void
  among?: readonly Role[]
}

/** A choice among roles, each with what it may do. */
export function RoleSelect({ value, onChange, among = roles, ...props }: RoleSelectProps) {
  const { t } = useTranslation('accounts')
  return (
    <Select
      allowDeselect={false}
      data={among.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      value={value}
      onChange={(role) => role !== null && onChange(role as Role)}
      {...props}
    />
  )
}
