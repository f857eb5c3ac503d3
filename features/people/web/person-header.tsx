import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import type { PersonDetail } from '../contract.ts'
import { PersonActions } from './person-actions.tsx'
import classes from './person-header.module.css'
import { usePersonLabel } from './person-label.ts'
import { PersonMark } from './person-mark.tsx'

/** Who it is, how to reach them, since when they are known, and what can be done about them. */
export function PersonHeader({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const shop = useShop()
  const label = usePersonLabel()(person)
  return (
    <div className={classes.whole}>
      <PersonMark name={person.label} large />
      <div className={classes.header}>
        <PageHeader
          title={label}
          back={
            <Link to="/s/$shop/people" params={{ shop: String(shop.id) }}>
              <IconArrowLeft size={15} stroke={1.8} /> {t('one.back')}
            </Link>
          }
          subtitle={<Facts person={person} label={label} />}
          actions={<PersonActions person={person} />}
        />
      </div>
      {person.suggestions > 0 && <Suggestion count={person.suggestions} />}
    </div>
  )
}

function Facts({ person, label }: { person: PersonDetail; label: string }) {
  const { t } = useTranslation('people')
  const contacts = [person.email, person.phone].filter((contact) => contact !== '' && contact !== label)
  return (
    <span className={classes.facts}>
      {contacts.map((contact) => (
        <a key={contact} href={`${contact.startsWith('+') ? 'tel' : 'mailto'}:${contact}`}>
          {contact}
        </a>
      ))}
      {!person.isKnown && <span>{t('one.unknown')}</span>}
      {person.firstSeenAt && (
        <span>
          {t('one.since')} <DateTime at={person.firstSeenAt} />
        </span>
      )}
      {person.lastSeenAt && (
        <span>
          {t('one.lastSeen')} <DateTime at={person.lastSeenAt} />
        </span>
      )}
      {person.firstChannel && (
        <span>
          {t('one.cameFrom')} <ChannelBadge channel={person.firstChannel} />
        </span>
      )}
    </span>
  )
}

function Suggestion({ count }: { count: number }) {
  const { t } = useTranslation('people')
  const shop = useShop()
  return (
    <p className={classes.suggestion} data-tone="even">
      {t('one.maybeSame', { count })}
      <Button
        component={Link}
        to="/s/$shop/people/suggestions"
        params={{ shop: String(shop.id) } as never}
        size="compact-sm"
        variant="subtle"
      >
        {t('one.decide')}
      </Button>
    </p>
  )
}
