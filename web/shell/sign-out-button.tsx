import { Button, type ButtonProps } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useSignOut } from '../session.ts'
import { FormError } from '../ui/form-error.tsx'
import { useAction } from '../ui/use-action.ts'
import { useTranslation } from '../use-translation.ts'

/** The way out. Says so when the server couldn't be told, because the session then goes on. */
export function SignOutButton(props: ButtonProps) {
  const { t } = useTranslation('shell')
  const { run, isRunning, error } = useAction(useSignOut())
  return (
    <>
      <FormError error={error} />
      <Button
        variant="default"
        leftSection={<IconLogout size={16} />}
        {...props}
        loading={isRunning}
        onClick={() => run()}
      >
        {t('signOut')}
      </Button>
    </>
  )
}
