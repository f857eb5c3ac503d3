import { Button, type ButtonProps, Menu } from '@mantine/core'
import { IconBookmarkPlus, IconCsv, IconFileSpreadsheet, IconLink, IconPhoto } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useOpening } from '../../../web/ui/on-demand.ts'
import { useAction } from '../../../web/ui/use-action.ts'
import { writeToClipboard } from '../../../web/ui/use-copy.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { type TakenReport, useReportFiles } from './export/use-report-files.ts'
import { SaveDialog } from './save-dialog.tsx'
import { useMaySave } from './use-saved-reports.ts'

export type SaveChoicesProps = Omit<TakenReport, 'definition'> & {
  definition: ReactNode
  button: ButtonProps & { children: ReactNode }
}

const icon = { size: 17, stroke: 1.7 }

/** The button with the ways to keep the report under it. */
export function SaveChoices({ definition, button, ...report }: SaveChoicesProps) {
  const { t } = useTranslation('reports')
  const { isOpen, setOpen, target } = useOpening<HTMLButtonElement>()
  const text = useRef<HTMLDivElement>(null)
  const files = useReportFiles({ ...report, definition: text })
  const { run, isRunning, error } = useAction((take: () => unknown) => take())
  const [isNaming, setNaming] = useState(false)
  return (
    <>
      <Menu position="bottom-end" width={260} opened={isOpen} onChange={setOpen}>
        <Menu.Target>
          <Button ref={target} {...button} loading={isRunning} />
        </Menu.Target>
        <Menu.Dropdown>
          <Keeping name={() => setNaming(true)} />
          <Menu.Divider />
          <Menu.Item leftSection={<IconPhoto {...icon} />} onClick={() => void run(files.png)}>
            {t('save.png')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileSpreadsheet {...icon} />} onClick={() => void run(files.xlsx)}>
            {t('save.xlsx')}
          </Menu.Item>
          <CsvItems
            tables={isOpen ? report.tables() : []}
            take={(table) => void run(() => files.csv(table))}
          />
        </Menu.Dropdown>
      </Menu>
      <FormError error={error} />
      <div ref={text} hidden>
        {definition}
      </div>
      <SaveDialog meta={report.meta} isOpen={isNaming} close={() => setNaming(false)} />
    </>
  )
}

function Keeping({ name }: { name: () => void }) {
  const { t } = useTranslation('reports')
  const maySave = useMaySave()
  const take = async () =>
    notifyDone(t((await writeToClipboard(window.location.href)) ? 'save.linkDone' : 'save.linkFailed'))
  return (
    <>
      {maySave && (
        <Menu.Item leftSection={<IconBookmarkPlus {...icon} />} onClick={name}>
          {t('save.under')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => void take()}>
        {t('save.link')}
      </Menu.Item>
    </>
  )
}

type Table = ReturnType<TakenReport['tables']>[number]

/** One line for each table, by its name when there are several. */
function CsvItems({ tables, take }: { tables: Table[]; take: (table: Table) => void }) {
  const { t } = useTranslation('reports')
  return tables.map((table) => (
    <Menu.Item key={table.name} leftSection={<IconCsv {...icon} />} onClick={() => take(table)}>
      {tables.length === 1 ? t('save.csv') : t('save.csvOf', { name: table.name })}
    </Menu.Item>
  ))
}
