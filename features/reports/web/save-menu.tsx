import { Button } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useOnDemand } from '../../../web/ui/on-demand.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { SaveChoicesProps } from './save-choices.tsx'

const load = () => import('./save-choices.tsx')
const SaveChoices = lazy(() => load().then(({ SaveChoices }) => ({ default: SaveChoices })))

type SaveMenuProps = Omit<SaveChoicesProps, 'button' | 'meta'> & {
  meta: SaveChoicesProps['meta'] | undefined
}

/** Keeps the report under a name, or takes it along. What that needs is fetched when somebody reaches for it. */
export function SaveMenu({ meta, ...report }: SaveMenuProps) {
  const { t } = useTranslation('reports')
  const { isWanted, reach } = useOnDemand(load)
  const button = {
    variant: 'default',
    size: 'sm',
    disabled: !meta,
    leftSection: <IconBookmark size={16} stroke={1.7} />,
    children: t('save.label'),
  } as const
  const closed = <Button {...button} aria-haspopup="menu" {...reach} />
  if (!isWanted || !meta) return closed
  return (
    <Suspense fallback={closed}>
      <SaveChoices {...report} meta={meta} button={button} />
    </Suspense>
  )
}
