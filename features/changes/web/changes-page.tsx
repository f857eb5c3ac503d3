import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import { ReportPage } from '../../reports/web/parts.ts'
import type { ChangesAnswer } from '../contract.ts'
import { AlarmCard } from './alarm-card.tsx'
import classes from './changes.module.css'
import { ChangesDefinition } from './changes-definition.tsx'
import { GapList } from './gap-list.tsx'
import { Summary } from './summary.tsx'
import { toTables } from './to-tables.ts'
import { useChangeWords } from './use-change-words.ts'
import { type ChangesAddress, useChanges, useChangesAddress } from './use-changes.ts'
import { WeeklyBrowser } from './weekly-browser.tsx'

/** What changed in the last weeks by more than chance, for whom, and where standards fall short for a part of the customers. */
export function ChangesPage() {
  const { t } = useTranslation('changes')
  const address = useChangesAddress()
  const words = useChangeWords()
  return (
    <ReportPage<ChangesAnswer>
      title={t('title')}
      subtitle={t('subtitle')}
      query={useChanges(address.search)}
      choosers={null}
      definition={<ChangesDefinition />}
      tables={(answer) => toTables(answer, t, words)}
      fileName="changes"
      onSample={(sample) => address.change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} />}
    </ReportPage>
  )
}

function Found({ answer, address }: { answer: ChangesAnswer; address: ChangesAddress }) {
  const { t } = useTranslation('changes')
  const open = answer.alarms.filter(({ state, isOn }) => state !== 'fine' && isOn)
  const rest = answer.alarms.filter((alarm) => !open.includes(alarm))
  return (
    <>
      <Summary answer={answer} open={open} />
      {open.length > 0 && (
        <div className={classes.alarms}>
          {open.map((alarm) => (
            <AlarmCard key={alarm.id} alarm={alarm} address={address} />
          ))}
        </div>
      )}
      <Section title={t('gaps.title')} hint={t('gaps.hint')}>
        <GapList gaps={answer.gaps} address={address} />
      </Section>
      <WeeklyBrowser answer={answer} address={address} />
      {rest.length > 0 && (
        <details className={classes.earlier}>
          <summary>{t('earlier', { count: rest.length })}</summary>
          <div className={classes.alarms}>
            {rest.map((alarm) => (
              <AlarmCard key={alarm.id} alarm={alarm} address={address} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}
