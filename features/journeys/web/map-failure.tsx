import { Button } from '@mantine/core'
import { isApiError } from '../../../web/api-error.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { comparedSegment } from './chooser-button.tsx'
import type { MapView } from './map-view.ts'
import { isSavedKey } from './saved-segments.ts'

type MapFailureProps = { error: unknown; onRetry: () => void; view: MapView }

/** In the place of what didn't come. An address may outlive its segment: then the way leads to everybody. */
export function MapFailure({ error, onRetry, view: { search, change } }: MapFailureProps) {
  const { t } = useTranslation('journeys')
  const [isSaved, isCompared] = [isSavedKey(search.segment), isSavedKey(comparedSegment(search))]
  if (!isApiError(error) || error.code !== 'not_found' || !(isSaved || isCompared))
    return <ErrorState error={error} onRetry={onRetry} />
  const showAll = () =>
    change({
      segment: isSaved ? undefined : search.segment,
      compare: isCompared ? undefined : search.compare,
    })
  return (
    <EmptyState title={t('segment.missing')} action={<Button onClick={showAll}>{t('segment.leave')}</Button>}>
      {t('segment.missingWhy')}
    </EmptyState>
  )
}
