import { Button } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { isApiError } from '../../../web/api-error.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { SavedReport } from '../saved-contract.ts'
import classes from './saved.module.css'
import { isSameSearch, searchTextOf, writeSavedAddress } from './saved-search.ts'
import { useMaySave, useSavedChanges, useSavedReport } from './use-saved-reports.ts'

/** Under which name the open question is kept, and what to do when it was changed since. */
export function SavedBar({ id }: { id: number }) {
  const { t } = useTranslation('reports')
  const { data, error } = useSavedReport(id)
  if (isApiError(error) && error.code === 'not_found')
    return (
      <div className={classes.opened} role="status">
        <strong>{t('saved.gone')}</strong>
        <span>{t('saved.goneWhy')}</span>
      </div>
    )
  return data ? <Opened saved={data} /> : null
}

function Opened({ saved }: { saved: SavedReport }) {
  const { t } = useTranslation('reports')
  const { id: shop } = useShop()
  const { searchStr } = useLocation()
  const navigate = useNavigate()
  const mayChange = useMaySave()
  const { change } = useSavedChanges()
  const { run, isRunning, error } = useAction(async () => {
    await change(saved.id, { search: searchTextOf(searchStr) })
    notifyDone(t('saved.replaced'))
  })
  const isChanged = !isSameSearch(searchStr, saved.search)
  const goBack = () => void navigate({ href: writeSavedAddress(shop, saved), replace: true })
  return (
    <div className={classes.opened}>
      <strong>{t('saved.opened', { name: saved.name })}</strong>
      {isChanged && (
        <>
          <span role="status">{t('saved.changed')}</span>
          {mayChange && (
            <Button size="compact-sm" loading={isRunning} onClick={() => void run()}>
              {t('saved.replace')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={goBack}>
            {t('saved.back')}
          </Button>
        </>
      )}
      <FormError error={error} />
    </div>
  )
}
