import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../web/api-client.ts'
import { dayOf, formatDay, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Money } from '../../../web/ui/numbers.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { PersonDetail } from '../../people/contract.ts'
import type { Call, CallTrouble } from '../contract.ts'
import classes from './calls.module.css'

/** One customer: what went wrong and since when, what the order is worth, how to reach them, and whether somebody has. */
export function CallLine({ call, onTick }: { call: Call; onTick: () => Promise<unknown> }) {
  const { id } = useShop()
  const { person, troubles, amount, currency } = call
  const params = { shop: String(id), person: person.id }
  return (
    <li className={classes.call}>
      <div className={classes.who}>
        <Link to="/s/$shop/people/$person" params={params} className={classes.name}>
          {person.name}
        </Link>
        {amount !== null && (
          <span className={classes.worth}>
            <Money amount={amount} currency={currency} />
          </span>
        )}
      </div>
      <ul className={classes.troubles}>
        {troubles.map((trouble) => (
          <Trouble key={`${trouble.reason} ${trouble.subject}`} trouble={trouble} />
        ))}
      </ul>
      <Doing call={call} onTick={onTick} />
    </li>
  )
}

function Trouble({ trouble }: { trouble: CallTrouble }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { reason, orderId, value, since } = trouble
  return (
    <li data-reason={reason}>
      {t(`calls.why.${reason}`, { count: value ?? 0 })}
      <span className={classes.since}>
        {' · '}
        {reason === 'late' ? <Promised since={since} /> : <DateTime at={since} />}
        {orderId !== null && (
          <>
            {' · '}
            <Link to="/s/$shop/orders/$order" params={{ shop: String(id), order: orderId }}>
              {t('calls.order', { id: orderId })}
            </Link>
          </>
        )}
      </span>
    </li>
  )
}

/** A parcel is late from the midnight after its day on; its days are counted from the day itself. */
function Promised({ since }: { since: string }) {
  const { t } = useTranslation('boards')
  const { timeZone } = useShop()
  const locale = useLocale()
  return t('calls.promised', { day: formatDay(dayOf(new Date(Date.parse(since) - 1), timeZone), locale) })
}

function Doing({ call, onTick }: { call: Call; onTick: () => Promise<unknown> }) {
  const { t } = useTranslation('boards')
  const { name } = call.person
  const tick = useAction(onTick)
  return (
    <div className={classes.doing}>
      <Reach call={call} />
      {call.called && (
        <span className={classes.by}>
          {t('calls.by', { name: call.called.by })}, <DateTime at={call.called.at} />
        </span>
      )}
      <Button
        variant={call.called ? 'subtle' : 'default'}
        size="compact-sm"
        loading={tick.isRunning}
        leftSection={call.called ? undefined : <IconCheck size={15} stroke={2} />}
        aria-label={t(call.called ? 'calls.undoOf' : 'calls.tickOf', { name })}
        onClick={() => void tick.run()}
      >
        {t(call.called ? 'calls.undo' : 'calls.tick')}
      </Button>
    </div>
  )
}

/** Phone and e-mail are asked for one by one, when somebody means to use them. */
function Reach({ call }: { call: Call }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const [contacts, setContacts] = useState<string[]>()
  const { run, isRunning, error } = useAction(async () => {
    const person = await api.get<PersonDetail>(`/shops/${id}/people/${call.person.id}`)
    setContacts([person.phone, person.email].filter((one) => one !== ''))
  })
  if (contacts?.length === 0) return <span className={classes.by}>{t('calls.gone')}</span>
  if (contacts)
    return contacts.map((contact) => (
      <a key={contact} href={`${contact.includes('@') ? 'mailto' : 'tel'}:${contact}`}>
        {contact}
      </a>
    ))
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={isRunning}
        aria-label={t(call.hasPhone ? 'calls.reachOf' : 'calls.reachMailOf', { name: call.person.name })}
        onClick={() => void run()}
      >
        {t(call.hasPhone ? 'calls.reach' : 'calls.reachMail')}
      </Button>
      <FormError error={error} />
    </>
  )
}
