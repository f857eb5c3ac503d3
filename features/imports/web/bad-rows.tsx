import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import type { ImportView } from '../contract.ts'
import { importPaths } from './imports-api.ts'
import { mayImport } from './may-import.ts'
import { useReasonWords } from './reason-words.ts'

/** The rows that could not be taken: why, how many, and the file to mend. */
export function BadRows({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const reason = useReasonWords()
  return (
    <Section
      title={t('bad.title')}
      hint={t('bad.hint')}
      actions={
        mayImport(shop.role) && (
          <Button
            component="a"
            href={apiUrl(importPaths(shop.id).badRows(view.id))}
            download
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} stroke={1.8} />}
          >
            {t('bad.download')}
          </Button>
        )
      }
      flush
    >
      <DataTable
        label={t('bad.title')}
        columns={[
          { key: 'reason', header: t('bad.reason'), cell: (row) => reason(row.reason) },
          { key: 'rows', header: t('count.rows'), align: 'end', cell: ({ rows }) => <Num value={rows} /> },
        ]}
        list={wholeList(view.reasons)}
        rowKey={(row) => row.reason}
        empty={null}
      />
    </Section>
  )
}
