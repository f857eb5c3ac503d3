import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser, PeriodChooser, ReportPage, SegmentChooser } from '../../reports/web/parts.ts'
import type { DriversAnswer } from '../contract.ts'
import { OUTCOMES, USUAL_DAYS } from '../vocabulary.ts'
import { AnsweringCard } from './answering-card.tsx'
import { arrangeLedger } from './arrange.ts'
import { DriverDrawer } from './driver-drawer.tsx'
import classes from './drivers.module.css'
import { DriversDefinition } from './drivers-definition.tsx'
import { turnTo, type View } from './drivers-search.ts'
import { GoodwillCard } from './goodwill-card.tsx'
import { Lead } from './lead.tsx'
import { Ledger } from './ledger.tsx'
import { LeftOutList } from './left-out-list.tsx'
import { MarginForm } from './margin-form.tsx'
import { Quadrant } from './quadrant.tsx'
import { Refusal } from './refusal.tsx'
import { SettingsDrawer } from './settings-drawer.tsx'
import { useTables } from './to-tables.ts'
import { TotalRow } from './total-row.tsx'
import { type DriversAddress, useDrivers, useDriversAddress } from './use-drivers.ts'

/** What each loss costs, what is worth mending first, and what only looks as if it mattered. */
export function DriversPage() {
  const { t } = useTranslation('drivers')
  const address = useDriversAddress()
  const drivers = useDrivers(address.search)
  const toTables = useTables()
  return (
    <ReportPage<DriversAnswer>
      title={t('title')}
      subtitle={t('subtitle')}
      query={drivers}
      choosers={<Choosers address={address} />}
      definition={<DriversDefinition />}
      tables={toTables}
      fileName="drivers"
      onSample={(sample) => address.change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} />}
    </ReportPage>
  )
}

function Choosers({ address }: { address: DriversAddress }) {
  const { t } = useTranslation('drivers')
  const { search, change } = address
  const outcome = search.outcome ?? 'ordered'
  return (
    <>
      <Chooser
        label={t('choose.outcome')}
        value={outcome}
        data={OUTCOMES.map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
        onChoose={(value) =>
          change(
            turnTo(
              OUTCOMES.find((one) => one === value),
              search,
            ),
          )
        }
      />
      <PeriodChooser search={search} change={change} usual={USUAL_DAYS[outcome]} />
      <SegmentChooser search={search} change={change} />
    </>
  )
}

type FoundProps = { answer: DriversAnswer; address: DriversAddress }

function Found({ answer, address }: FoundProps) {
  const { t } = useTranslation('drivers')
  const [isSetting, setSetting] = useState(false)
  const settings = (
    <Button variant="default" size="sm" onClick={() => setSetting(true)} data-not-in-picture>
      {t('settings.open')}
    </Button>
  )
  const drawer = isSetting && <SettingsDrawer close={() => setSetting(false)} />
  if (answer.refusal !== null)
    return (
      <>
        <Refusal answer={answer} refusal={answer.refusal} address={address} settings={settings} />
        {drawer}
      </>
    )
  const chosen = answer.drivers.find(({ key }) => key === address.search.driver)
  return (
    <>
      <Lead answer={answer} />
      <MarginForm answer={answer} />
      <Picture answer={answer} address={address} settings={settings} />
      <div className={classes.cards}>
        {answer.goodwill && <GoodwillCard goodwill={answer.goodwill} outcome={answer.outcome} />}
        {answer.answering && answer.answering.asked > answer.answering.answered && (
          <AnsweringCard answering={answer.answering} />
        )}
      </div>
      {chosen && <DriverDrawer key={chosen.key} driver={chosen} answer={answer} address={address} />}
      {drawer}
    </>
  )
}

type PictureProps = FoundProps & { settings: React.ReactNode }

/** One picture in two views: what each driver does, or how it matters beside how well it is kept. */
function Picture({ answer, address, settings }: PictureProps) {
  const { t } = useTranslation('drivers')
  const { view = 'ledger' } = address.search
  const { groups, leftOut } = arrangeLedger(answer.drivers)
  const actions = (
    <>
      <SegmentedControl
        size="sm"
        aria-label={t('view.label')}
        value={view}
        data={(['ledger', 'quadrant'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(value) => address.turn({ view: value === 'quadrant' ? (value as View) : undefined })}
        data-not-in-picture
      />
      {settings}
    </>
  )
  const open = (driver: string) => address.open({ driver, who: undefined })
  return (
    <>
      <Section title={t(`picture.${view}.title`)} hint={t(`picture.${view}.hint`)} actions={actions} flush>
        {view === 'quadrant' ? (
          <Quadrant drivers={answer.drivers} open={open} />
        ) : (
          <>
            <Ledger answer={answer} groups={groups} open={open} />
            <TotalRow answer={answer} />
          </>
        )}
      </Section>
      <LeftOutList answer={answer} drivers={leftOut} open={open} />
    </>
  )
}
