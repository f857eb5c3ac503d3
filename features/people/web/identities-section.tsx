import { Button } from '@mantine/core'
import { IconBrandTelegram, IconDeviceDesktop, IconId, IconMail, IconPhone } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { PersonDetail, PersonIdentity } from '../contract.ts'
import { useEvidenceWords } from './evidence-words.ts'
import classes from './identities-section.module.css'
import { usePeopleChanged } from './use-person.ts'

const icons: Record<PersonIdentity['kind'], ReactNode> = {
  user: <IconId />,
  email: <IconMail />,
  phone: <IconPhone />,
  messenger: <IconBrandTelegram />,
  anonymous: <IconDeviceDesktop />,
}

const SHOWN_AT_FIRST = 6

/** Every name under which the person came, and why we think it is theirs. */
export function IdentitiesSection({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? person.identities : person.identities.slice(0, SHOWN_AT_FIRST)
  const hidden = person.identityCount - shown.length
  return (
    <Section title={t('identities.title')} hint={t('identities.hint')}>
      <ul className={classes.list}>
        {shown.map((identity) => (
          <Identity key={identity.identity} identity={identity} person={person} />
        ))}
      </ul>
      {hidden > 0 && (
        <p className={classes.more}>
          {t('identities.more', { count: hidden })}{' '}
          {!isWhole && (
            <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
              {t('identities.all')}
            </Button>
          )}
        </p>
      )}
    </Section>
  )
}

function Identity({ identity, person }: { identity: PersonIdentity; person: PersonDetail }) {
  const { t } = useTranslation('people')
  const { whyOf, short } = useEvidenceWords()
  const { kind, value, evidence } = identity
  return (
    <li className={classes.identity}>
      <span className={classes.icon} aria-hidden="true">
        {icons[kind]}
      </span>
      <div className={classes.words}>
        <div className={classes.value}>
          <span className="only-spoken">{t(`who.${kind}`)}</span> {short(kind, value)}
        </div>
        <div className={classes.why}>
          {whyOf(identity)}, <DateTime at={evidence.at} />
        </div>
      </div>
      {person.identityCount > 1 && <DetachButton identity={identity} person={person} />}
    </li>
  )
}

function DetachButton({ identity, person }: { identity: PersonIdentity; person: PersonDetail }) {
  const { t } = useTranslation('people')
  const { short } = useEvidenceWords()
  const shop = useShop()
  const changed = usePeopleChanged()
  if (shop.role !== 'owner' && shop.role !== 'marketer') return null
  const value = short(identity.kind, identity.value)
  const detach = async () => {
    await api.post(`/shops/${shop.id}/people/${person.id}/identities/${identity.identity}/detach`)
    notifyDone(t('identities.detached'))
    await changed()
  }
  return (
    <ConfirmButton
      label={t('identities.detach')}
      spokenLabel={t('identities.detachLabel', { value })}
      buttonProps={{ size: 'compact-sm', variant: 'subtle', color: 'link' }}
      title={t('identities.detachTitle', { value })}
      consequence={t('identities.detachWhy')}
      confirmLabel={t('identities.detachDo')}
      onConfirm={detach}
    />
  )
}
