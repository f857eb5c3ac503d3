import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, apiUrl } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { SearchField } from '../../../web/ui/search-field.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { rejectReasons } from '../contract.ts'
import type { Arrival, ArrivalCounts, Refusal } from '../debugger-contract.ts'
import { ArrivalFigures } from './arrival-figures.tsx'
import { ArrivalRow, RefusalRow } from './arrival-row.tsx'
import classes from './debugger-page.module.css'
import { EventDrawer } from './event-drawer.tsx'
import { NothingArrived } from './nothing-arrived.tsx'
import { useArrivals } from './use-arrivals.ts'

const views = ['live', 'accepted', 'refused'] as const
type View = (typeof views)[number]

/** What arrives, as it arrives; what was accepted; and what was refused, why, and what to do about it. */
export function DebuggerPage() {
  const { t } = useTranslation('ingestion')
  const shop = useShop()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { view?: string; event?: string }
  const view: View = views.find((name) => name === search.view) ?? 'live'
  const show = (next: Partial<typeof search>) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: true, resetScroll: false })
  const counts = useCounts(shop.id)
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      {counts.data && <ArrivalFigures counts={counts.data} />}
      <Section flush>
        <div className={classes.views}>
          <SegmentedControl
            aria-label={t('title')}
            value={view}
            onChange={(next) => show({ view: next })}
            data={views.map((name) => ({ value: name, label: t(`view.${name}`) }))}
          />
        </div>
        {view === 'live' && <Live shop={shop.id} onOpen={(event) => show({ event })} />}
        {view === 'accepted' && <Accepted shop={shop.id} onOpen={(event) => show({ event })} />}
        {view === 'refused' && <Refused shop={shop.id} counts={counts.data} />}
      </Section>
      <EventDrawer shop={shop.id} hash={search.event} onClose={() => show({ event: undefined })} />
    </>
  )
}

function useCounts(shop: number) {
  return useQuery({
    queryKey: ['ingest-counts', shop],
    queryFn: ({ signal }) => api.get<ArrivalCounts>(`/shops/${shop}/ingest/counts`, { signal }),
    refetchInterval: 10_000,
  })
}

function Live({ shop, onOpen }: { shop: number; onOpen: (hash: string) => void }) {
  const { t } = useTranslation('ingestion')
  const [paused, setPaused] = useState(false)
  const { lines, skipped, seen, status } = useArrivals(shop, paused)
  // What came before the page was opened stands below what comes now.
  const before = useCursorList<Arrival>(`/shops/${shop}/ingest/recent`, { limit: 20 })
  const shown = new Set(lines.flatMap((line) => (line.kind === 'arrival' ? [line.arrival.hash] : [])))
  const earlier = before.items.filter(({ hash }) => !shown.has(hash))
  const isEmpty = before.status === 'ready' && lines.length === 0 && earlier.length === 0
  return (
    <>
      <div className={classes.bar}>
        <span className={classes.pulse} data-status={status} aria-hidden="true" />
        <span aria-live="polite">{t(`live.${status}`, { count: seen })}</span>
        {skipped > 0 && <span data-quiet>{t('live.skipped', { count: skipped })}</span>}
        <Button
          variant="default"
          size="sm"
          ml="auto"
          leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t('live.resume') : t('live.pause')}
        </Button>
      </div>
      {before.status === 'failed' && <ErrorState error={before.error} onRetry={before.retry} />}
      {isEmpty && <NothingArrived shop={shop} />}
      <ol className={classes.lines} aria-busy={before.status === 'loading'}>
        {lines.map((line) =>
          line.kind === 'arrival' ? (
            <ArrivalRow key={line.key} arrival={line.arrival} isNew onOpen={onOpen} />
          ) : (
            <RefusalRow key={line.key} refusal={line.refusal} isNew />
          ),
        )}
        {earlier.map((arrival) => (
          <ArrivalRow key={arrival.hash} arrival={arrival} onOpen={onOpen} />
        ))}
      </ol>
    </>
  )
}

const kinds = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const

function Accepted({ shop, onOpen }: { shop: number; onOpen: (hash: string) => void }) {
  const { t } = useTranslation('ingestion')
  const [q, setQ] = useState('')
  const [kind, setKind] = useState<string | null>(null)
  const list = useCursorList<Arrival>(`/shops/${shop}/ingest/recent`, { q, kind })
  const reset = () => setKind(null)
  return (
    <>
      <div className={classes.filters}>
        <FilterBar active={kind ? 1 : 0} onReset={reset}>
          <SearchField label={t('search')} value={q} onChange={setQ} />
          <Select
            aria-label={t('kind.label')}
            placeholder={t('kind.label')}
            data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind}
            onChange={setKind}
            clearable
            w={190}
          />
        </FilterBar>
      </div>
      {list.status === 'failed' && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.status === 'ready' && list.items.length === 0 && (
        <p className={classes.none}>{t('nothingFound')}</p>
      )}
      <ol className={classes.lines} aria-busy={list.status === 'loading' || list.isOutdated}>
        {list.items.map((arrival) => (
          <ArrivalRow key={arrival.hash} arrival={arrival} onOpen={onOpen} />
        ))}
      </ol>
      <More list={list} />
    </>
  )
}

function Refused({ shop, counts }: { shop: number; counts: ArrivalCounts | undefined }) {
  const { t } = useTranslation('ingestion')
  const [reason, setReason] = useState<string | null>(null)
  const list = useCursorList<Refusal>(`/shops/${shop}/ingest/rejects`, { reason })
  const numbers = new Map(counts?.reasons.map((item) => [item.reason, item.n]))
  const choices = rejectReasons.map((value) => {
    const n = numbers.get(value)
    return { value, label: n ? `${t(`reason.${value}.short`)} · ${n}` : t(`reason.${value}.short`) }
  })
  return (
    <>
      <div className={classes.filters}>
        <FilterBar active={reason ? 1 : 0} onReset={() => setReason(null)}>
          <Select
            aria-label={t('reason.label')}
            placeholder={t('reason.label')}
            data={choices}
            value={reason}
            onChange={setReason}
            clearable
            w={280}
          />
          <Button
            component="a"
            href={apiUrl(`/shops/${shop}/ingest/rejects.ndjson`, { reason })}
            download
            variant="default"
            leftSection={<IconDownload size={17} stroke={1.7} />}
          >
            {t('export')}
          </Button>
        </FilterBar>
      </div>
      {reason && <p className={classes.mend}>{t(`reason.${reason}.mend`)}</p>}
      {list.status === 'failed' && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.status === 'ready' && list.items.length === 0 && (
        <p className={classes.none}>{t('nothingRefused')}</p>
      )}
      <ol className={classes.lines}>
        {list.items.map((refusal, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: refusals have no id of their own, and only older ones join
          <RefusalRow key={index} refusal={refusal} />
        ))}
      </ol>
      <More list={list} />
    </>
  )
}

function More({ list }: { list: { hasMore: boolean; isLoadingMore: boolean; loadMore: () => void } }) {
  const { t } = useTranslation('ui')
  if (!list.hasMore) return null
  return (
    <div className={classes.more}>
      <Button variant="default" size="sm" loading={list.isLoadingMore} onClick={list.loadMore}>
        {t('table.more')}
      </Button>
    </div>
  )
}
