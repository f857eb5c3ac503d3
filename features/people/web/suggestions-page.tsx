import { Button } from '@mantine/core'
import { IconArrowLeft, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { PersonListItem, Suggestion } from '../contract.ts'
import { useEvidenceWords } from './evidence-words.ts'
import { MergePreviewStep } from './merge-preview.tsx'
import { ActionDialog } from './person-actions.tsx'
import { usePersonLabel } from './person-label.ts'
import { PersonName } from './person-name.tsx'
import classes from './suggestions-page.module.css'
import { usePeopleChanged } from './use-person.ts'

/** Pairs that may be one person, which no rule may decide: a member does. */
export function SuggestionsPage() {
  const { t } = useTranslation('people')
  const { t: tUi } = useTranslation('ui')
  const shop = useShop()
  const list = useCursorList<Suggestion>(`/shops/${shop.id}/merge-suggestions`)
  return (
    <>
      <PageHeader
        title={t('suggestions.title')}
        subtitle={t('suggestions.subtitle')}
        back={
          <Link to="/s/$shop/people" params={{ shop: String(shop.id) }}>
            <IconArrowLeft size={15} stroke={1.8} /> {t('title')}
          </Link>
        }
      />
      {list.status === 'failed' && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.status === 'loading' && <div className={classes.loading} aria-busy="true" />}
      {list.status === 'ready' && list.items.length === 0 && (
        <Section>
          <EmptyState icon={<IconUsers />} title={t('suggestions.empty')}>
            {t('suggestions.emptyWhy')}
          </EmptyState>
        </Section>
      )}
      {list.items.map((suggestion) => (
        <Pair key={suggestion.id} suggestion={suggestion} />
      ))}
      <FormError error={list.moreError} />
      {list.hasMore && (
        <Button variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
          {tUi('table.more')}
        </Button>
      )}
    </>
  )
}

function Pair({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('people')
  const { meetingOf } = useEvidenceWords()
  const { a, b, reason, evidence, madeAt } = suggestion
  return (
    <Section>
      <div className={classes.pair}>
        <Side person={a} />
        <div className={classes.reason}>
          <Badge tone="even">{t(`reason.${reason}`)}</Badge>
        </div>
        <Side person={b} />
      </div>
      <p className={classes.why}>
        {meetingOf(evidence)}, <DateTime at={madeAt} />
      </p>
      <Decision suggestion={suggestion} />
    </Section>
  )
}

function Side({ person }: { person: PersonListItem }) {
  const { t } = useTranslation('people')
  const labelOf = usePersonLabel()
  const shop = useShop()
  return (
    <div className={classes.side}>
      <Link
        to="/s/$shop/people/$person"
        params={{ shop: String(shop.id), person: person.id }}
        className={classes.name}
      >
        <PersonName person={person} label={labelOf(person)} />
      </Link>
      <p className={classes.facts}>
        {t('merge.orders', { count: person.orders.orders })}
        {person.lastSeenAt && (
          <>
            {' · '}
            {t('one.lastSeen')} <DateTime at={person.lastSeenAt} />
          </>
        )}
      </p>
    </div>
  )
}

/** The better known of the two stays unless the member turns it round in the preview. */
function Decision({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('people')
  const labelOf = usePersonLabel()
  const shop = useShop()
  const changed = usePeopleChanged()
  const [isOpen, setOpen] = useState(false)
  const { run, isRunning, error } = useAction(async () => {
    await api.post(`/shops/${shop.id}/merge-suggestions/${suggestion.id}/dismiss`)
    notifyDone(t('suggestions.dismissed'))
    await changed()
  })
  if (shop.role !== 'owner' && shop.role !== 'marketer') return null
  const { a, b, id } = suggestion
  const names = { a: labelOf(a), b: labelOf(b) }
  const [from, into] = a.orders.orders > b.orders.orders ? [b.id, a.id] : [a.id, b.id]
  return (
    <>
      <FormError error={error} />
      <div className={classes.buttons}>
        <Button
          variant="default"
          aria-label={t('suggestions.differentLabel', names)}
          onClick={() => void run()}
          loading={isRunning}
        >
          {t('suggestions.different')}
        </Button>
        <Button variant="light" aria-label={t('suggestions.sameLabel', names)} onClick={() => setOpen(true)}>
          {t('suggestions.same')}
        </Button>
      </div>
      <ActionDialog title={t('merge.title')} isOpen={isOpen} close={() => setOpen(false)} size="xl">
        <MergePreviewStep from={from} into={into} suggestion={id} close={() => setOpen(false)} />
      </ActionDialog>
    </>
  )
}
