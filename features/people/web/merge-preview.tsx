import { ActionIcon, Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { MergePreview, PersonListItem } from '../contract.ts'
import classes from './merge-dialog.module.css'
import { usePersonLabel } from './person-label.ts'
import { PersonName } from './person-name.tsx'
import { useTraitValue } from './traits-section.tsx'
import { usePeopleChanged } from './use-person.ts'

type MergePreviewProps = {
  /** At first; the member may turn it round. */
  from: string
  into: string
  /** The suggestion that is answered by it. */
  suggestion?: number
  onBack?: () => void
  close: () => void
}

/** What joining two people would do, and the button that does it. */
export function MergePreviewStep({ suggestion, onBack, close, ...pair }: MergePreviewProps) {
  const { t } = useTranslation('people')
  const shop = useShop()
  const navigate = useNavigate()
  const changed = usePeopleChanged()
  const [isSwapped, setSwapped] = useState(false)
  const [from, into] = isSwapped ? [pair.into, pair.from] : [pair.from, pair.into]
  const preview = useQuery({
    queryKey: [`/shops/${shop.id}/people`, 'merge-preview', from, into],
    queryFn: ({ signal }) =>
      api.get<MergePreview>(`/shops/${shop.id}/people/${into}/merge-preview`, { query: { from }, signal }),
  })
  const { run, isRunning, error } = useAction(async () => {
    if (suggestion === undefined) await api.post(`/shops/${shop.id}/people/${into}/merge`, { body: { from } })
    else await api.post(`/shops/${shop.id}/merge-suggestions/${suggestion}/accept`, { body: { into } })
    notifyDone(t('merge.done'))
    close()
    if (suggestion === undefined)
      await navigate({
        to: '/s/$shop/people/$person',
        params: { shop: String(shop.id), person: into },
        replace: true,
      })
    await changed()
  })
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  return (
    <div className={classes.form} aria-busy={preview.isPending}>
      {preview.data && <Preview preview={preview.data} onSwap={() => setSwapped(!isSwapped)} />}
      <FormError error={error} />
      <div className={classes.buttons}>
        {onBack ? (
          <Button variant="subtle" onClick={onBack}>
            {t('merge.back')}
          </Button>
        ) : (
          <span />
        )}
        <Button onClick={() => void run()} loading={isRunning} disabled={!preview.data}>
          {t('merge.do')}
        </Button>
      </div>
    </div>
  )
}

function Preview({ preview, onSwap }: { preview: MergePreview; onSwap: () => void }) {
  const { t } = useTranslation('people')
  const { moves, conflicts } = preview
  return (
    <>
      <div className={classes.pair}>
        <Side title={t('merge.fromValue')} person={preview.from} />
        <ActionIcon variant="default" aria-label={t('merge.swap')} title={t('merge.swap')} onClick={onSwap}>
          <IconArrowRight size={18} stroke={1.7} />
        </ActionIcon>
        <Side title={t('merge.intoValue')} person={preview.into} stays />
      </div>
      {conflicts.map((conflict) => (
        <p key={conflict} className={classes.conflict} data-tone="lost">
          {t(`merge.conflict.${conflict}`)}
        </p>
      ))}
      <p>
        {t('merge.moves')}: {t('merge.names', { count: moves.identityCount })},{' '}
        {t('merge.events', { count: moves.events })}, {t('merge.orders', { count: moves.orders })}.{' '}
        <span className={classes.moves}>{t('merge.undoHint')}</span>
      </p>
      {preview.traits.length > 0 && <Traits preview={preview} />}
    </>
  )
}

function Side({ title, person, stays = false }: { title: string; person: PersonListItem; stays?: boolean }) {
  const labelOf = usePersonLabel()
  return (
    <section className={classes.side} data-stays={stays || undefined}>
      <header>{title}</header>
      <PersonName person={person} label={labelOf(person)} />
    </section>
  )
}

function Traits({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation('people')
  const say = useTraitValue()
  return (
    <table className={classes.traits}>
      <thead>
        <tr>
          <th scope="col">{t('merge.trait')}</th>
          <th scope="col">{t('merge.fromValue')}</th>
          <th scope="col">{t('merge.intoValue')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.traits.map(({ name, from, into, isFromKept }) => (
          <tr key={name}>
            <td>{name}</td>
            <td data-dropped={isFromKept ? undefined : true}>{say(from)}</td>
            <td data-dropped={isFromKept && into !== undefined ? true : undefined}>{say(into)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
