import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import type { EventDetail } from '../debugger-contract.ts'
import classes from './event-drawer.module.css'

/** Everything that is stored of one event, beside the list. */
export function EventDrawer({
  shop,
  hash,
  onClose,
}: {
  shop: number
  hash: string | undefined
  onClose: () => void
}) {
  const { t } = useTranslation('ingestion')
  const { t: tUi } = useTranslation('ui')
  const event = useQuery({
    queryKey: ['event', shop, hash],
    queryFn: ({ signal }) => api.get<EventDetail>(`/shops/${shop}/ingest/events/${hash}`, { signal }),
    enabled: hash !== undefined,
  })
  return (
    <Drawer
      opened={hash !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={event.data ? event.data.name || t(`kind.${event.data.kind}`) : t('event')}
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      {event.isError && <ErrorState error={event.error} onRetry={() => void event.refetch()} />}
      {event.isPending && hash !== undefined && <div className={classes.loading} aria-busy="true" />}
      {event.data && <Event shop={shop} event={event.data} />}
    </Drawer>
  )
}

function Event({ shop, event }: { shop: number; event: EventDetail }) {
  const { t } = useTranslation('ingestion')
  return (
    <div className={classes.event}>
      <p>
        <Badge>{t(`kind.${event.kind}`)}</Badge> {event.channel && <ChannelBadge channel={event.channel} />}
      </p>
      {event.marks.map((mark) => (
        <p key={mark} className={classes.mark}>
          <strong>{t(`mark.${mark}.short`)}.</strong> {t(`mark.${mark}.why`)}
        </p>
      ))}
      <dl className={classes.facts}>
        <Fact name={t('fact.at')}>
          <DateTime at={event.at} show="full" />
        </Fact>
        <Fact name={t('fact.sentAt')}>
          <DateTime at={event.sentAt} show="full" />
        </Fact>
        <Fact name={t('fact.receivedAt')}>
          <DateTime at={event.receivedAt} show="full" />
        </Fact>
        <Fact name={t('fact.person')}>
          <Link to="/s/$shop/people/$person" params={{ shop: String(shop), person: event.identity }}>
            {event.userId || event.anonymousId || t('someone')}
          </Link>
        </Fact>
        <Fact name="messageId">{event.messageId}</Fact>
        {event.userId && <Fact name="userId">{event.userId}</Fact>}
        {event.anonymousId && <Fact name="anonymousId">{event.anonymousId}</Fact>}
        {Object.entries(event.facts).map(([name, value]) => (
          <Fact key={name} name={name}>
            {String(value)}
          </Fact>
        ))}
      </dl>
      {(['properties', 'traits', 'context'] as const).map((part) =>
        isEmpty(event[part]) ? null : (
          <CodeBlock key={part} label={part} code={JSON.stringify(event[part], null, 2)} />
        ),
      )}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const isEmpty = (value: unknown) =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value as object).length === 0)
