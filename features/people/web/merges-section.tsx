import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { PersonDetail, PersonMerge } from '../contract.ts'
import { useEvidenceWords } from './evidence-words.ts'
import classes from './merges-section.module.css'
import { usePeopleChanged } from './use-person.ts'

/** Of whom this person was made, by whose decision, and the way back. */
export function MergesSection({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  if (person.merges.length === 0) return null
  return (
    <Section title={t('merges.title')}>
      <ul className={classes.list}>
        {person.merges.map((merge) => (
          <Merge key={merge.id} merge={merge} />
        ))}
      </ul>
    </Section>
  )
}

function Merge({ merge }: { merge: PersonMerge }) {
  const { t } = useTranslation('people')
  const { meetingOf } = useEvidenceWords()
  const by = merge.madeBy === null ? t('timeline.byRule') : t('timeline.byMember', { name: merge.madeBy })
  return (
    <li className={classes.merge} data-undone={merge.undoneAt !== null || undefined}>
      <div className={classes.words}>
        <div className={classes.names}>
          {t('merges.line', { from: merge.fromLabel, into: merge.intoLabel })}
        </div>
        <div className={classes.why}>
          {by}, {t('merges.moved', { count: merge.identities })}, <DateTime at={merge.madeAt} />
          {merge.undoneBy !== null && ` · ${t('merges.wasUndone', { name: merge.undoneBy })}`}
        </div>
        {merge.evidence && <div className={classes.why}>{meetingOf(merge.evidence)}</div>}
      </div>
      {merge.undoneAt === null && <UndoButton merge={merge} />}
    </li>
  )
}

function UndoButton({ merge }: { merge: PersonMerge }) {
  const { t } = useTranslation('people')
  const shop = useShop()
  const changed = usePeopleChanged()
  if (shop.role !== 'owner' && shop.role !== 'marketer') return null
  const undo = async () => {
    await api.post(`/shops/${shop.id}/merges/${merge.id}/undo`)
    notifyDone(t('merges.undone'))
    await changed()
  }
  return (
    <ConfirmButton
      label={t('merges.undo')}
      spokenLabel={t('merges.undoLabel', { other: merge.fromLabel })}
      buttonProps={{ size: 'compact-sm', variant: 'subtle', color: 'link' }}
      title={t('merges.undoTitle')}
      consequence={t('merges.undoWhy', { from: merge.fromLabel })}
      confirmLabel={t('identities.detachDo')}
      onConfirm={undo}
    />
  )
}
