import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import { Chooser, PeriodChooser, ReportPage, SegmentChooser } from '../../reports/web/parts.ts'
import type { ExposureAnswer } from '../contract.ts'
import { OUTCOMES, WINDOWS } from '../vocabulary.ts'
import { ExposureDefinition } from './exposure-definition.tsx'
import { ExposurePersons } from './exposure-persons.tsx'
import { ExposurePicture } from './exposure-picture.tsx'
import { ExposureTable } from './exposure-table.tsx'
import { FutureTest } from './future-test.tsx'
import { toTables } from './to-tables.ts'
import {
  type ExposureAddress,
  useExposure,
  useExposureAddress,
  useExposureWords,
  useTouchpoints,
  windowOf,
} from './use-exposure.ts'
import { Verdict } from './verdict.tsx'

/** How many contacts with a touchpoint help, and from which on more don't. */
export function ExposurePage() {
  const { t } = useTranslation('exposure')
  const address = useExposureAddress()
  const exposure = useExposure(address.search)
  const { bin } = useExposureWords('order')
  return (
    <ReportPage<ExposureAnswer>
      title={t('title')}
      subtitle={t('subtitle')}
      query={exposure}
      choosers={<Choosers address={address} usual={exposure.data?.touchpoint} />}
      definition={<ExposureDefinition />}
      tables={(answer) => toTables(answer, t, bin)}
      fileName="contacts"
      onSample={(sample) => address.change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} />}
    </ReportPage>
  )
}

function Found({ answer, address }: { answer: ExposureAnswer; address: ExposureAddress }) {
  const { t } = useTranslation('exposure')
  const hasDays = answer.bins.some(({ days }) => days > 0)
  return (
    <>
      <Verdict answer={answer} />
      {hasDays && (
        <Section
          title={t(`picture.title.${answer.outcome}`)}
          hint={answer.refusal === null ? t('picture.hint') : t('picture.hintPlain')}
        >
          <ExposurePicture answer={answer} open={address.open} />
        </Section>
      )}
      <ExposurePersons answer={answer} address={address} />
      {answer.future && <FutureTest answer={answer} future={answer.future} />}
      {hasDays && <ExposureTable answer={answer} />}
    </>
  )
}

function Choosers({ address, usual }: { address: ExposureAddress; usual: string | undefined }) {
  const { t } = useTranslation('exposure')
  const { search, change } = address
  const { groups, nameOf } = useTouchpoints()
  const chosen = search.touchpoint ?? usual ?? ''
  // Switched off since the link was made: still what is asked.
  const isListed = groups.some(({ items }) => items.some(({ value }) => value === chosen))
  const other = chosen === '' || isListed ? [] : [{ value: chosen, label: nameOf(chosen) }]
  return (
    <>
      <Chooser
        label={t('choose.touchpoint')}
        value={chosen}
        data={[...other, ...groups]}
        onChoose={(touchpoint) => change({ touchpoint })}
      />
      <Chooser
        label={t('choose.outcome')}
        value={search.outcome ?? 'order'}
        data={OUTCOMES.map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
        onChoose={(value) => change({ outcome: OUTCOMES.find((one) => one === value) })}
      />
      <Chooser
        label={t('choose.window')}
        value={String(windowOf(search))}
        data={WINDOWS.map((one) => ({ value: String(one), label: t('choose.windowDays', { count: one }) }))}
        onChoose={(value) => change({ window: WINDOWS.find((one) => String(one) === value) })}
      />
      <PeriodChooser search={search} change={change} />
      <SegmentChooser search={search} change={change} />
    </>
  )
}
