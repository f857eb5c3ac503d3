import { useLocation, useNavigate } from '@tanstack/react-router'
import { formatDay, useLocale } from '../../../web/format.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportMeta } from '../contract.ts'
import { NameDialog } from './name-dialog.tsx'
import { searchTextOf, writeSavedAddress } from './saved-search.ts'
import { useSavedChanges } from './use-saved-reports.ts'

type SaveDialogProps = { meta: ReportMeta; isOpen: boolean; close: () => void }

/** Keeps the open question under a name, and goes on from there. */
export function SaveDialog({ meta, isOpen, close }: SaveDialogProps) {
  const { t } = useTranslation('reports')
  const locale = useLocale()
  const { id: shop } = useShop()
  const { pathname, searchStr } = useLocation()
  const navigate = useNavigate()
  const { add } = useSavedChanges()
  const save = async (name: string) => {
    const path = pathname.split('/')[3] ?? ''
    const saved = await add({ name, path, search: searchTextOf(searchStr) })
    notifyDone(t('saved.done'))
    void navigate({ href: writeSavedAddress(shop, saved), replace: true })
  }
  const isRange = new URLSearchParams(searchStr).has('from')
  const days = { from: formatDay(meta.fromDay, locale), to: formatDay(meta.toDay, locale) }
  return (
    <NameDialog
      isOpen={isOpen}
      close={close}
      title={t('saved.dialog')}
      hint={isRange ? t('saved.keepsRange', days) : t('saved.keepsDays')}
      onSubmit={save}
    />
  )
}
