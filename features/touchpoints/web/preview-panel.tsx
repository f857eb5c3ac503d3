import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseFilter } from '../../../kernel/filter/parse-filter.ts'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import type { Preview, RegistryContent, Touchpoint } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'

const PAUSE_MS = 500

type PanelProps = { content: RegistryContent; touchpoint: Touchpoint }

/** What the touchpoint would claim as it is being written, from the shop's own last days. */
export function PreviewPanel({ content, touchpoint }: PanelProps) {
  const { t } = useTranslation('touchpoints')
  const { id } = useShop()
  const [days, setDays] = useState<'7' | '30'>('7')
  const { name: _, standards: __, ...asked } = touchpoint
  const [settled] = useDebouncedValue(JSON.stringify(asked), PAUSE_MS)
  const isWhole = touchpoint.rule === null || parseFilter(touchpoint.rule).ok
  const preview = useQuery({
    queryKey: [
      'touchpoint-preview',
      id,
      days,
      settled,
      content.touchpoints.findIndex((one) => one.key === touchpoint.key),
    ],
    queryFn: ({ signal }) =>
      api.post<Preview>(`/shops/${id}/touchpoints/preview`, {
        body: { ...content, key: touchpoint.key, days: Number(days) },
        signal,
      }),
    enabled: isWhole,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <section className={classes.preview} aria-label={t('preview.title')} aria-live="polite">
      <div className={classes.bar}>
        <strong>{t('preview.title')}</strong>
        <SegmentedControl
          size="xs"
          aria-label={t('preview.period')}
          data={(['7', '30'] as const).map((value) => ({
            value,
            label: t('preview.days', { count: Number(value) }),
          }))}
          value={days}
          onChange={(value) => setDays(value as '7' | '30')}
        />
      </div>
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {!preview.data && preview.isPending && isWhole && <p data-quiet>{t('preview.counting')}</p>}
      {preview.data && <PreviewResult preview={preview.data} content={content} />}
    </section>
  )
}

function PreviewResult({ preview, content }: { preview: Preview; content: RegistryContent }) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords(content)
  const { claimed, claimedNow, events, days, warnings } = preview
  const lines = [
    ...preview.from.map(({ key, events: count }) => ({
      id: `from ${key}`,
      text: t(key === '' ? 'preview.fromNobody' : 'preview.from', {
        count,
        name: words.touchpointByKey(key),
      }),
    })),
    ...preview.to.map(({ key, events: count }) => ({
      id: `to ${key}`,
      text: t(key === '' ? 'preview.toNobody' : 'preview.to', { count, name: words.touchpointByKey(key) }),
    })),
    ...preview.hidden.map(({ key, events: count }) => ({
      id: `hidden ${key}`,
      text: t('preview.hidden', { count, name: words.touchpointByKey(key) }),
    })),
  ]
  return (
    <>
      <p>
        {t('preview.claims', { count: claimed, days, total: events })}{' '}
        {t('preview.now', { count: claimedNow })}
      </p>
      {lines.length > 0 && (
        <ul>
          {lines.slice(0, 8).map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      )}
      {warnings
        .filter((one) => one !== 'hidden_by_others' || claimed === 0)
        .map((warning) => (
          <p key={warning} data-tone="lost">
            {t(`preview.warning.${warning}`)}
          </p>
        ))}
      {preview.samples.length > 0 && <Samples preview={preview} />}
    </>
  )
}

function Samples({ preview }: { preview: Preview }) {
  const { t } = useTranslation('touchpoints')
  return (
    <details>
      <summary>{t('preview.samples')}</summary>
      <ul className={classes.samples}>
        {preview.samples.map(({ at, kind, name, path, channel }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may look the same
          <li key={index}>
            {name || t(`kinds.${kind}` as 'title', { defaultValue: kind })} <code>{path}</code>{' '}
            <ChannelBadge channel={channel} /> <DateTime at={at} />
          </li>
        ))}
      </ul>
    </details>
  )
}
