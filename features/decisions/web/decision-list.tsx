import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { Decision, DecisionListQuery } from '../contract.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { DecisionItem } from './decision-item.tsx'
import classes from './decisions.module.css'
import { useDecisionsChanged, useDecisionsPath } from './use-decisions.ts'

export type DecisionListProps = {
  /** Of a period (days, half-open), a stage or a touchpoint. */
  filter?: Pick<DecisionListQuery, 'from' | 'to' | 'stage' | 'touchpoint'>
  /** What stands there when there are none. */
  empty: ReactNode
  /** What is shown of each besides what was written down. */
  below?: (decision: Decision) => ReactNode
  /** The one that is asked about, brought into sight. */
  chosen?: number | undefined
}

/** Decisions, the latest first; each can be changed, and removed with a way back. */
export function DecisionList({ filter = {}, empty, below, chosen }: DecisionListProps) {
  const { t } = useTranslation('decisions')
  const { t: tUi } = useTranslation('ui')
  const list = useCursorList<Decision>(useDecisionsPath(), filter)
  const [changing, setChanging] = useState<Decision>()
  const removal = useRemoval()
  useReached(list, chosen)
  if (list.status === 'failed') return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.status === 'loading') return <div className={classes.loading} aria-busy="true" />
  return (
    <>
      <Removed removal={removal} />
      {list.items.length === 0 && empty}
      {list.items.length > 0 && (
        <ol className={classes.list} aria-label={t('title')}>
          {list.items.map((decision) => (
            <DecisionItem
              key={decision.id}
              decision={decision}
              isChosen={decision.id === chosen}
              verdict={below?.(decision)}
              onChange={() => setChanging(decision)}
              onRemove={() => void removal.remove(decision)}
            />
          ))}
        </ol>
      )}
      <FormError error={list.moreError} />
      {list.hasMore && (
        <div className={classes.more}>
          <Button variant="default" size="sm" loading={list.isLoadingMore} onClick={list.loadMore}>
            {tUi('table.more')}
          </Button>
        </div>
      )}
      <DecisionDialog
        key={changing?.id}
        isOpen={changing !== undefined}
        decision={changing}
        close={() => setChanging(undefined)}
      />
    </>
  )
}

const MOST_REACHED = 1_000

/** A flag may lead to a decision of years ago: pages are taken until it is there. */
function useReached(list: ReturnType<typeof useCursorList<Decision>>, chosen: number | undefined): void {
  const { items, hasMore, isLoadingMore, moreError, loadMore } = list
  const isThere = chosen === undefined || items.some(({ id }) => id === chosen)
  const isWanted = !isThere && hasMore && !isLoadingMore && !moreError && items.length < MOST_REACHED
  useEffect(() => {
    if (isWanted) loadMore()
  }, [isWanted, loadMore])
}

type Removal = ReturnType<typeof useRemoval>

/** Removes at once instead of asking first, since it can be brought back. */
function useRemoval() {
  const path = useDecisionsPath()
  const changed = useDecisionsChanged()
  const [removed, setRemoved] = useState<Decision>()
  const { run: remove, error: removeError } = useAction(async (decision: Decision) => {
    await api.del(`${path}/${decision.id}`)
    setRemoved(decision)
    await changed()
  })
  const { run: restore, error: restoreError } = useAction(async () => {
    if (removed) await api.post(`${path}/${removed.id}/restore`)
    setRemoved(undefined)
    await changed()
  })
  return { removed, remove, restore, error: removeError ?? restoreError }
}

function Removed({ removal }: { removal: Removal }) {
  const { t } = useTranslation('decisions')
  const { removed, restore, error } = removal
  return (
    <>
      <div role="status">
        {removed && (
          <div className={classes.removed}>
            <span>{t('removed', { title: removed.title })}</span>
            <Button variant="subtle" size="compact-sm" onClick={() => void restore()}>
              {t('undo')}
            </Button>
          </div>
        )}
      </div>
      <FormError error={error} />
    </>
  )
}
