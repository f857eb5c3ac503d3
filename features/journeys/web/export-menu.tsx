import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { loadFurtherWords } from '../../../web/i18n.ts'
import { useOnDemand } from '../../../web/ui/on-demand.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap } from '../contract.ts'
import type { MapView } from './map-view.ts'

/** Pinning speaks with words that the map itself doesn't need. */
const load = async () => {
  const [module] = await Promise.all([import('./export-choices.tsx'), loadFurtherWords()])
  return module
}
const ExportChoices = lazy(() => load().then(({ ExportChoices }) => ({ default: ExportChoices })))

/** Takes the map along as a picture or a page. What that needs is fetched when somebody reaches for it. */
export function ExportMenu({ map, view }: { map: JourneyMap | undefined; view: MapView }) {
  const { t } = useTranslation('journeys')
  const { isWanted, reach } = useOnDemand(load)
  const button = {
    variant: 'default',
    size: 'sm',
    disabled: !map || map.meta.contacts === 0,
    leftSection: <IconDownload size={16} stroke={1.7} />,
    children: t('export.label'),
  } as const
  const closed = <Button {...button} aria-haspopup="menu" {...reach} />
  if (!isWanted || !map) return closed
  return (
    <Suspense fallback={closed}>
      <ExportChoices map={map} view={view} button={button} />
    </Suspense>
  )
}
