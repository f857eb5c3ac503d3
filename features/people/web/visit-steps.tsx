import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { PathItem, PersonEvent } from '../contract.ts'
import { useEvidenceWords } from './evidence-words.ts'
import classes from './visit-steps.module.css'

/** A visit that opens: what happened in it, step by step, in the order in which it did. */
export function VisitSteps({ person, item }: { person: string; item: PathItem }) {
  const { t } = useTranslation('people')
  const [isOpen, setOpen] = useState(false)
  if (Number(item.values.events) < 2) return null
  return (
    <div className={classes.visit}>
      <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? t('path.closeVisit') : t('path.openVisit')}
      </Button>
      {isOpen && <Steps person={person} item={item} />}
    </div>
  )
}

function Steps({ person, item }: { person: string; item: PathItem }) {
  const { t } = useTranslation('people')
  const shop = useShop()
  const from = Date.parse(item.at)
  // The range is half-open, and the last step belongs to the visit.
  const to = from + Number(item.values.seconds ?? 0) * 1_000 + 1_000
  const list = useCursorList<PersonEvent>(`/shops/${shop.id}/people/${person}/events`, {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  })
  return (
    <>
      <ol className={classes.steps} aria-busy={list.status === 'loading'}>
        {list.items.map((event) => (
          <Step key={`${event.messageId} ${event.at}`} event={event} />
        ))}
      </ol>
      <FormError error={list.error ?? list.moreError} />
      {list.hasMore && (
        <Button size="compact-sm" variant="subtle" loading={list.isLoadingMore} onClick={list.loadMore}>
          {t('path.moreSteps')}
        </Button>
      )}
    </>
  )
}

const NAMES = ['name', 'product', 'product_name', 'title', 'query', 'category', 'list_id', 'coupon'] as const

function Step({ event }: { event: PersonEvent }) {
  const { eventName } = useEvidenceWords()
  const about = NAMES.map((name) => event.properties[name]).find(
    (value) => typeof value === 'string' && value !== '',
  )
  return (
    <li className={classes.step}>
      <DateTime at={event.at} show="time" />
      <span>
        {eventName(event.name || event.kind)}
        {typeof about === 'string' && <> «{about}»</>} <span className={classes.path}>{event.path}</span>
      </span>
    </li>
  )
}
