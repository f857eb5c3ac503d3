import { Button, type ButtonProps, Menu } from '@mantine/core'
import { IconFileTypePdf, IconPhoto } from '@tabler/icons-react'
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
        </Menu.Dropdown>
      </Menu>
      <FormError error={error} />
    </>
  )
}
