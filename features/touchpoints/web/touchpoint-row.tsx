import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../web/ui/badge.tsx'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { Definition } from '../../../web/ui/definition.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import type { Standard, Touchpoint } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'

type RowProps = {
  touchpoint: Touchpoint
  /** Events of the last seven days; undefined while they are counted. */
  events: number | undefined
  isChanged: boolean
  /** Undefined for members who may only look. */
  onEdit: (() => void) | undefined
}

/** One touchpoint: how it happens, what it claims by which rule, and what is good and bad there. */
export function TouchpointRow({ touchpoint, events, isChanged, onEdit }: RowProps) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords()
  const name = words.touchpoint(touchpoint)
  return (
    <li className={classes.row} data-off={!touchpoint.isOn || undefined}>
      <div className={classes.who}>
        <h3>{name}</h3>
        <div className={classes.badges}>
          {touchpoint.channel !== 'unknown' && <ChannelBadge channel={touchpoint.channel} />}
          {!touchpoint.isOn && <Badge tone="even">{t('off')}</Badge>}
          {isChanged && <Badge tone="even">{t('changed')}</Badge>}
        </div>
        <small data-quiet>{words.traits(touchpoint.channel)}</small>
      </div>
      <div className={classes.what}>
        <p className={classes.rule}>
          <span data-quiet>{t(`claims.${touchpoint.claims}`)} </span>
          {words.rule(touchpoint)}
        </p>
        {touchpoint.standards.map((standard) => (
          <StandardLine key={standard.measure} standard={standard} />
        ))}
      </div>
      <div className={classes.count}>
        {events === undefined ? '…' : <Num value={events} />}
        <small data-quiet>{t('lastWeek')}</small>
      </div>
      {onEdit && (
        <Button variant="default" size="xs" onClick={onEdit} aria-label={t('editOf', { name })}>
          {t('edit')}
        </Button>
      )}
    </li>
  )
}

function StandardLine({ standard }: { standard: Standard }) {
  const { t } = useTranslation('touchpoints')
  const { name, good, bad, source, sourceWords } = useRegistryWords().standard(standard)
  return (
    <p className={classes.standard}>
      <span>{name}:</span>
      <Badge tone="won">{t('goodIs', { value: good })}</Badge>
      <Badge tone="lost">{t('badIs', { value: bad })}</Badge>
      <small data-quiet>{source}</small>
      <Definition term={source}>{sourceWords}</Definition>
    </p>
  )
}
