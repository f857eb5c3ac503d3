import { Button } from '@mantine/core'
import { useState } from 'react'
import { notifyDone } from '../../../web/notify.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './drivers.module.css'
import type { Fact } from './fact-draft.ts'
import { FactForm } from './fact-form.tsx'
import { useStageNames } from './use-driver-words.ts'
import { useSaveSettings } from './use-drivers.ts'

const MAX_FACTS = 20

/** Facts of the shop's own that the report looks at beside its usual ones. */
export function OwnFacts({ facts, maySet }: { facts: readonly Fact[]; maySet: boolean }) {
  const { t } = useTranslation('drivers')
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      {facts.length === 0 && !isAdding && <p className={classes.quiet}>{t('facts.none')}</p>}
      <ul className={classes.facts}>
        {facts.map((fact) => (
          <FactItem key={fact.key} fact={fact} maySet={maySet} />
        ))}
      </ul>
      {maySet && !isAdding && facts.length < MAX_FACTS && (
        <Button size="sm" variant="default" onClick={() => setAdding(true)}>
          {t('facts.add')}
        </Button>
      )}
      {isAdding && <FactForm taken={facts} close={() => setAdding(false)} />}
    </>
  )
}

function FactItem({ fact, maySet }: { fact: Fact; maySet: boolean }) {
  const { t } = useTranslation('drivers')
  const names = useStageNames()
  const save = useSaveSettings()
  const remove = async () => {
    await save((now) => ({ ...now, facts: now.facts.filter(({ key }) => key !== fact.key) }))
    notifyDone(t('settings.saved'))
  }
  return (
    <li>
      <div>
        <strong>{fact.name}</strong>
        <small>
          {names.stage(fact.stage)} · {sayFact(fact, t)}
        </small>
      </div>
      {maySet && (
        <ConfirmButton
          label={t('facts.remove')}
          spokenLabel={t('facts.removeOf', { name: fact.name })}
          title={t('facts.removeQuestion', { name: fact.name })}
          consequence={t('facts.removeWhy')}
          confirmLabel={t('facts.remove')}
          onConfirm={remove}
        />
      )}
    </li>
  )
}

type Say = (key: string, values?: Record<string, unknown>) => string

function sayFact({ event, property, equals, atLeast }: Fact, t: Say): string {
  if (property === null) return t('facts.came', { event })
  if (equals !== null) return t('facts.equals', { event, property, value: equals })
  return t('facts.atLeast', { event, property, value: atLeast ?? 0 })
}
