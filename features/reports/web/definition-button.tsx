import { Button } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useOnDemand } from '../../../web/ui/on-demand.ts'
import { useTranslation } from '../../../web/use-translation.ts'

const load = () => import('./definition-drawer.tsx')
const DefinitionDrawer = lazy(() => load().then(({ DefinitionDrawer }) => ({ default: DefinitionDrawer })))

/** How the report is counted, one click away. */
export function DefinitionButton({ children }: { children: ReactNode }) {
  const { t } = useTranslation('reports')
  const { isWanted, reach } = useOnDemand(load)
  const button = {
    variant: 'subtle',
    size: 'sm',
    leftSection: <IconHelpCircle size={17} stroke={1.7} />,
    children: t('how'),
  } as const
  const closed = <Button {...button} aria-haspopup="dialog" {...reach} />
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <DefinitionDrawer button={button}>{children}</DefinitionDrawer>
    </Suspense>
  )
}
