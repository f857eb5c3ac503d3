import { useTranslation } from 'react-i18next'
import { isApiError } from '../../../web/api-error.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Notice } from './notice.tsx'

/** Why nobody was let in: the pair or code is wrong, or there were too many attempts and how long that lasts. */
export function SignInError({ error, wrong }: { error: unknown; wrong: string }) {
  const { t } = useTranslation('accounts')
  if (!isApiError(error)) return <FormError error={error} />
  if (error.code === 'unauthenticated') return <Notice>{wrong}</Notice>
  if (error.code === 'gone') return <Notice>{t('code.late')}</Notice>
  if (error.code !== 'too_many_requests') return <FormError error={error} />
  const minutes = Math.ceil((error.retryAfterSeconds ?? 60) / 60)
  return <Notice>{t('signIn.wait', { count: minutes })}</Notice>
}
