import { Button } from '@mantine/core'
import { IconDownload, IconPhone } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser } from '../../reports/web/parts.ts'
import type { Call, CallList } from '../contract.ts'
import { CALL_REASONS, type CallReason } from '../vocabulary.ts'
import { CallLine } from './call-line.tsx'
import classes from './calls.module.css'
import today from './today.module.css'
import { useCallChanges, useCallsPath } from './use-today.ts'

type Show = 'open' | 'called'
const PAGE = 8

/** Customers to whom something went wrong lately, the gravest first; whoever was called is ticked off. */
export function Calls() {
  const { t } = useTranslation('boards')
  const [show, setShow] = useState<Show>('open')
  const [reason, setReason] = useState<CallReason>()
  const list = useCalls(show, reason)
  const [first] = list.data?.pages ?? []
  const calls = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className={classes.calls} aria-labelledby="calls-title" aria-busy={list.isPending}>
      <div className={classes.head}>
        <div>
          <h2 id="calls-title" className={today.kicker}>
            {t('calls.title')}
          </h2>
          <p className={classes.hint}>{t('calls.hint')}</p>
        </div>
        {first && first.open + first.called > 0 && (
          <Choosing first={first} {...{ show, setShow, reason, setReason }} />
        )}
      </div>
      {list.isError && !first && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <div className={classes.loading} />}
      {first && calls.length === 0 && <Nobody show={show} isSuch={reason !== undefined} />}
      <Lines calls={calls} isOutdated={list.isPlaceholderData} />
      <FormError error={list.isFetchNextPageError ? list.error : null} />
      {first && <Foot first={first} hasMore={list.hasNextPage} more={() => void list.fetchNextPage()} />}
    </section>
  )
}

function useCalls(show: Show, reason: CallReason | undefined) {
  const path = useCallsPath()
  return useInfiniteQuery({
    queryKey: [path, { show, reason }],
    queryFn: ({ pageParam, signal }) => {
      const query = { show, reason, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }
      return api.get<CallList>(path, { query, signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
    staleTime: 30_000,
  })
}

type ChoosingProps = {
  first: CallList
  show: Show
  setShow: (show: Show) => void
  reason: CallReason | undefined
  setReason: (reason: CallReason | undefined) => void
}

function Choosing({ first, show, setShow, reason, setReason }: ChoosingProps) {
  const { t } = useTranslation('boards')
  const { id, role } = useShop()
  const mayTake = role === 'owner' || role === 'marketer'
  return (
    <div className={classes.choosing}>
      <Chooser
        label={t('calls.show')}
        value={show}
        data={(['open', 'called'] as const).map((value) => ({
          value,
          label: t(`calls.${value}`, { count: first[value] }),
        }))}
        onChoose={(value) => setShow(value as Show)}
      />
      <Chooser
        label={t('calls.reason')}
        value={reason ?? 'any'}
        data={[
          { value: 'any', label: t('calls.any') },
          ...CALL_REASONS.map((value) => ({ value, label: t(`calls.kind.${value}`) })),
        ]}
        onChoose={(value) => setReason(CALL_REASONS.find((one) => one === value))}
      />
      {mayTake && (
        <Button
          component="a"
          href={`/api/shops/${id}/calls.csv`}
          download
          variant="default"
          size="sm"
          leftSection={<IconDownload size={16} stroke={1.7} />}
        >
          {t('calls.csv')}
        </Button>
      )}
    </div>
  )
}

/** Whoever is ticked off leaves the list at once; a line says so, with a way back. */
function Lines({ calls, isOutdated }: { calls: Call[]; isOutdated: boolean }) {
  const { t } = useTranslation('boards')
  const { tick, undo } = useCallChanges()
  const [ticked, setTicked] = useState<Call>()
  const { run, error } = useAction(async (call: Call) => {
    if (call.called) await undo(call.person.id)
    else await tick(call.person.id)
    setTicked(call.called ? undefined : call)
  })
  const takeBack = useAction(async () => {
    if (ticked) await undo(ticked.person.id)
    setTicked(undefined)
  })
  return (
    <>
      <div role="status">
        {ticked && (
          <p className={classes.ticked}>
            {t('calls.ticked', { name: ticked.person.name })}
            <Button
              variant="subtle"
              size="compact-sm"
              loading={takeBack.isRunning}
              onClick={() => void takeBack.run()}
            >
              {t('calls.undo')}
            </Button>
          </p>
        )}
      </div>
      <FormError error={error ?? takeBack.error} />
      {calls.length > 0 && (
        <ol className={classes.list} data-outdated={isOutdated || undefined}>
          {calls.map((call) => (
            <CallLine key={call.person.id} call={call} onTick={() => run(call)} />
          ))}
        </ol>
      )}
    </>
  )
}

function Nobody({ show, isSuch }: { show: Show; isSuch: boolean }) {
  const { t } = useTranslation('boards')
  if (isSuch) return <EmptyState title={t('calls.noneSuch')} />
  if (show === 'called') return <EmptyState title={t('calls.noneCalled')} />
  return (
    <EmptyState icon={<IconPhone />} title={t('calls.none')}>
      {t('calls.noneWhy')}
    </EmptyState>
  )
}

function Foot({ first, hasMore, more }: { first: CallList; hasMore: boolean; more: () => void }) {
  const { t } = useTranslation('boards')
  return (
    <>
      {hasMore && (
        <Button variant="default" size="sm" onClick={more}>
          {t('calls.more')}
        </Button>
      )}
      {first.unreachable > 0 && (
        <p className={classes.unreachable}>{t('calls.unreachable', { count: first.unreachable })}</p>
      )}
    </>
  )
}
