import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { isApiError } from '../../../web/api-error.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { SavedReport } from '../saved-contract.ts'
import { ReportSkeleton } from './report-skeleton.tsx'
import { writeSavedAddress } from './saved-search.ts'
import { useSavedReport } from './use-saved-reports.ts'

/** The link of a saved report: leads on to the report with its question. */
export function SavedReportPage() {
  const { id: shop } = useShop()
  const { report } = useParams({ strict: false }) as { report: string }
  const id = Number(report)
  const isId = Number.isSafeInteger(id) && id > 0
  const { data, error, isError, refetch } = useSavedReport(isId ? id : undefined)
  const navigate = useNavigate()
  const leadOn = useEffectEvent((saved: SavedReport) => {
    void navigate({ href: writeSavedAddress(shop, saved), replace: true })
  })
  useEffect(() => {
    if (data) leadOn(data)
  }, [data])
  if (!isId || (isApiError(error) && error.code === 'not_found')) return <Gone />
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <ReportSkeleton />
}

function Gone() {
  const { t } = useTranslation('reports')
  const { id } = useShop()
  return (
    <EmptyState
      wholePage
      title={t('saved.gone')}
      action={
        <Link to="/s/$shop/reports" params={{ shop: String(id) }}>
          {t('all')}
        </Link>
      }
    />
  )
}
