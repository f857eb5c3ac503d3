import { Button, type ButtonProps, Menu } from '@mantine/core'
import { IconFileTypePdf, IconPhoto, IconPinned } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { PinDialog } from '../../../web/pin-report.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useOpening } from '../../../web/ui/on-demand.ts'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap } from '../contract.ts'
import { useExportWords } from './export/export-words.ts'
import type { MapView } from './map-view.ts'

/** The button with the kinds of files under it. What draws them is fetched only when one is chosen. */
export function ExportChoices({
  map,
  view,
  button,
}: {
  map: JourneyMap
  view: MapView
  button: ButtonProps
}) {
  const { t } = useTranslation('journeys')
  const { isOpen, setOpen, target } = useOpening<HTMLButtonElement>()
  const wordsOf = useExportWords(view)
  const mayPin = useShop().role !== 'viewer'
  const [isPinning, setPinning] = useState(false)
  const { run, isRunning, error } = useAction(async (kind: 'png' | 'pdf') => {
    const { saveMap } = await import('./export/save-map.ts')
    await saveMap(kind, map, wordsOf(map))
  })
  return (
    <>
      <Menu position="bottom-end" opened={isOpen} onChange={setOpen}>
        <Menu.Target>
          <Button ref={target} {...button} loading={isRunning} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPhoto size={17} stroke={1.7} />} onClick={() => run('png')}>
            {t('export.png')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypePdf size={17} stroke={1.7} />} onClick={() => run('pdf')}>
            {t('export.pdf')}
          </Menu.Item>
          {mayPin && (
            <Menu.Item leftSection={<IconPinned size={17} stroke={1.7} />} onClick={() => setPinning(true)}>
              {t('boards:pin.label')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <FormError error={error} />
      {isPinning && <Pinning title={t('title')} close={() => setPinning(false)} />}
    </>
  )
}

/** The map as it is asked now, for a board. */
function Pinning({ title, close }: { title: string; close: () => void }) {
  const { searchStr } = useLocation()
  const search = new URLSearchParams(searchStr)
  // What lies open beside the map is no part of its question.
  for (const open of ['stage', 'touchpoint', 'people', 'table']) search.delete(open)
  return (
    <Suspense fallback={null}>
      <PinDialog path="map" search={search.toString()} title={title} isOpen close={close} />
    </Suspense>
  )
}
