import { Button, type ButtonProps, Menu } from '@mantine/core'
import {
  IconBookmarkPlus,
  IconCsv,
  IconFileSpreadsheet,
  IconLink,
  IconPhoto,
  IconPinned,
} from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { PinDialog } from '../../../web/pin-report.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useOpening } from '../../../web/ui/on-demand.ts'
import { useAction } from '../../../web/ui/use-action.ts'
import { writeToClipboard } from '../../../web/ui/use-copy.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { type TakenReport, useReportFiles } from './export/use-report-files.ts'
import { SaveDialog } from './save-dialog.tsx'
import { searchTextOf } from './saved-search.ts'
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
  const [isPinning, setPinning] = useState(false)
  return (
    <>
      <Menu position="bottom-end" width={260} opened={isOpen} onChange={setOpen}>
        <Menu.Target>
          <Button ref={target} {...button} loading={isRunning} />
        </Menu.Target>
        <Menu.Dropdown>
          <Keeping name={() => setNaming(true)} pin={() => setPinning(true)} />
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
      {isPinning && <Pinning title={report.title} close={() => setPinning(false)} />}
    </>
  )
}

/** The open question, as its address says it, for a board. */
function Pinning({ title, close }: { title: string; close: () => void }) {
  const { pathname, searchStr } = useLocation()
  const path = pathname.split('/')[3] ?? ''
  return (
    <Suspense fallback={null}>
      <PinDialog path={path} search={searchTextOf(searchStr)} title={title} isOpen close={close} />
    </Suspense>
  )
}

function Keeping({ name, pin }: { name: () => void; pin: () => void }) {
  const { t } = useTranslation('reports')
  const maySave = useMaySave()
  const mayPin = useShop().role !== 'viewer'
  const take = async () =>
    notifyDone(t((await writeToClipboard(window.location.href)) ? 'save.linkDone' : 'save.linkFailed'))
  return (
    <>
      {maySave && (
        <Menu.Item leftSection={<IconBookmarkPlus {...icon} />} onClick={name}>
          {t('save.under')}
        </Menu.Item>
      )}
      {mayPin && (
        <Menu.Item leftSection={<IconPinned {...icon} />} onClick={pin}>
          {t('boards:pin.label')}
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
