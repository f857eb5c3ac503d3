import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useTranslation } from '../use-translation.ts'

export function NotFound() {
  const { t } = useTranslation('shell')
  usePageTitle(t('notFound.title'))
  const home = (
    <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
      {t('notFound.home')}
    </Button>
  )
  return (
    <EmptyState wholePage icon={<IconMapOff size={22} />} title={t('notFound.title')} action={home}>
      {t('notFound.why')}
    </EmptyState>
  )
}
