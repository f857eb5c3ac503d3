import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import type { Refusal } from '../../ingestion/debugger-contract.ts'
import { Notice } from './notice.tsx'

/** What was refused before that was perhaps mended since. */
const RECENT_MS = 3_600_000

/** Something arrives but isn't taken in: why, and what to do, each reason once. */
export function RefusalHints({ refusals }: { refusals: Refusal[] }) {
  const { t } = useTranslation('guide')
  const params = { shop: String(useShop().id) }
  const since = Date.now() - RECENT_MS
  const recent = refusals.filter(({ receivedAt }) => Date.parse(receivedAt) > since)
  const reasons = [...new Map(recent.map((refusal) => [refusal.reason, refusal])).values()]
  return reasons.map(({ reason }) => (
    <Notice key={reason} tone="lost" title={t('event.refused')}>
      <p>
        {t(`ingestion:reason.${reason}.why`)} {t(`ingestion:reason.${reason}.mend`)}
      </p>
      <Link to="/s/$shop/debugger" params={params} search={{ view: 'refused' } as never}>
        {t('event.toRefused')}
      </Link>
    </Notice>
  ))
}
