import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFileTypePdf, IconPhoto } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { JourneyMap } from '../contract.ts'
import { useExportWords } from './export/export-words.ts'
import type { MapView } from './map-view.ts'

/** Takes the map along as a picture or a page. What draws it is fetched only now. */
export function ExportMenu({ map, view }: { map: JourneyMap | undefined; view: MapView }) {
  const { t } = useTranslation('journeys')
  const wordsOf = useExportWords(view)
  const { run, isRunning, error } = useAction(async (kind: 'png' | 'pdf') => {
    const { saveMap } = await import('./export/save-map.ts')
    if (map) await saveMap(kind, map, wordsOf(map))
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="sm"
            disabled={!map || map.meta.contacts === 0}
            loading={isRunning}
            leftSection={<IconDownload size={16} stroke={1.7} />}
          >
            {t('export.label')}
          </Button>
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
