import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../web/ui/badge.tsx'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import type { Arrival, Refusal } from '../debugger-contract.ts'
import classes from './arrival-row.module.css'

/** One recorded event; opens in full. */
export function ArrivalRow({
  arrival,
  isNew = false,
  onOpen,
}: {
  arrival: Arrival
  isNew?: boolean
  onOpen: (hash: string) => void
}) {
  const { t } = useTranslation('ingestion')
  const who = arrival.userId || arrival.anonymousId || t('someone')
  return (
    <li className={classes.row} data-new={isNew || undefined} data-tone="won">
      <UnstyledButton className={classes.open} onClick={() => onOpen(arrival.hash)}>
        <span className={classes.time}>
          <DateTime at={arrival.receivedAt} show="seconds" />
        </span>
        <span className={classes.name}>
          <strong>{arrival.name || t(`kind.${arrival.kind}`)}</strong>
          {arrival.path && <small data-quiet> {arrival.path}</small>}
        </span>
        <span className={classes.who}>{who}</span>
        <span className={classes.signs}>
          {arrival.channel && arrival.channel !== 'unknown' && <ChannelBadge channel={arrival.channel} />}
          {arrival.marks.map((mark) => (
            <Badge key={mark} tone="even">
              {t(`mark.${mark}.short`)}
            </Badge>
          ))}
        </span>
      </UnstyledButton>
    </li>
  )
}

/** One refusal: why, what to do, and what arrived. */
export function RefusalRow({ refusal, isNew = false }: { refusal: Refusal; isNew?: boolean }) {
  const { t } = useTranslation('ingestion')
  return (
    <li className={classes.row} data-new={isNew || undefined} data-tone="lost">
      <details className={classes.refusal}>
        <summary className={classes.open}>
          <span className={classes.time}>
            <DateTime at={refusal.receivedAt} show="seconds" />
          </span>
          <span className={classes.name}>
            <strong>{t(`reason.${refusal.reason}.short`)}</strong>
            {refusal.name && <small data-quiet> {refusal.name}</small>}
          </span>
          <span className={classes.who}>{refusal.detail}</span>
          <span className={classes.signs}>
            <Badge tone="lost">{t('refused')}</Badge>
          </span>
        </summary>
        <div className={classes.why}>
          <p>
            {t(`reason.${refusal.reason}.why`)} {t(`reason.${refusal.reason}.mend`)}
          </p>
          <CodeBlock label={refusal.messageId || t('payload')} code={prettify(refusal.payload)} />
        </div>
      </details>
    </li>
  )
}

function prettify(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}
