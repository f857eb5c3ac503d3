import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import type { Refusal } from '../../ingestion/debugger-contract.ts'
import { Notice } from './notice.tsx'

/** Something arrives but isn't taken in: why, and what to do, each reason once. */
export function RefusalHints({ refusals }: { refusals: Refusal[] }) {
  const { t } = useTranslation('guide')
  const params = { shop: String(useShop().id) }
  const reasons = [...new Map(refusals.map((refusal) => [refusal.reason, refusal])).values()]
  return reasons.map(({ reason, detail }) => (
    <Notice key={reason} tone="lost" title={t('event.refused')}>
      <p>
        {t(`ingestion:reason.${reason}.why`)} {t(`ingestion:reason.${reason}.mend`)}
        {detail && <small data-quiet> ({detail})</small>}
      </p>
      <Link to="/s/$shop/debugger" params={params} search={{ view: 'refused' } as never}>
        {t('event.toRefused')}
      </Link>
    </Notice>
  ))
}
