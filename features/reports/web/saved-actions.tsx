import { Button } from '@mantine/core'
import { useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { SavedReportItem } from '../saved-contract.ts'
import { NameDialog } from './name-dialog.tsx'
import classes from './saved.module.css'
import { useSavedChanges } from './use-saved-reports.ts'

/** What can be done with a saved report in the list. */
export function SavedActions({ report }: { report: SavedReportItem }) {
  const { t } = useTranslation('reports')
  const { change, remove } = useSavedChanges()
  const [isNaming, setNaming] = useState(false)
  const { name } = report
  return (
    <div className={classes.actions}>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={t('saved.renameOf', { name })}
        onClick={() => setNaming(true)}
      >
        {t('saved.rename')}
      </Button>
      <NameDialog
        isOpen={isNaming}
        close={() => setNaming(false)}
        title={t('saved.renameDialog')}
        name={name}
        onSubmit={async (next) => {
          await change(report.id, { name: next })
          notifyDone(t('saved.renamed'))
        }}
      />
      <ConfirmButton
        label={t('saved.delete')}
        spokenLabel={t('saved.deleteOf', { name })}
        title={t('saved.deleteQuestion', { name })}
        consequence={t('saved.deleteWhy')}
        confirmLabel={t('saved.delete')}
        buttonProps={{ variant: 'subtle', size: 'compact-sm' }}
        onConfirm={async () => {
          await remove(report.id)
          notifyDone(t('saved.deleted'))
        }}
      />
    </div>
  )
}
