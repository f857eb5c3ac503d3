import { useTranslation } from 'react-i18next'
import { Definition } from '../../../web/ui/definition.tsx'
import { roles } from './roles.ts'

/** What each role may do, one click away. */
export function RoleList() {
  const { t } = useTranslation('accounts')
  return (
    <Definition term={t('members.roles')}>
      {roles.map((role) => (
        <p key={role}>
          <strong>{t(`role.${role}`)}</strong>: {t(`roleCan.${role}`)}
        </p>
      ))}
    </Definition>
  )
}
