import { Alert } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import {
  Chooser,
  CompareChooser,
  PeriodChooser,
  ReportPage,
  SegmentChooser,
} from '../../reports/web/parts.ts'
import type { Scenario } from '../../touchpoints/contract.ts'
import { type ConformanceAnswer, OUTCOMES } from '../contract.ts'
import { ClassBar } from './class-bar.tsx'
import classes from './conformance.module.css'
import { toTables } from './conformance-tables.ts'
import { Changes, Contrasts } from './contrasts.tsx'
import { NoScenario } from './no-scenario.tsx'
import { PathPicture } from './path-picture.tsx'
import { PersonsList } from './persons-list.tsx'
import { Sentences } from './sentences.tsx'
import { MoveTable, StageTable, StepTable } from './tables.tsx'
import {
  type ConformanceAddress,
  useConformance,
  useConformanceAddress,
  useScenarios,
} from './use-conformance.ts'
import { useStepNames } from './use-step-names.ts'

/** How journeys fit the path that the shop intends for a kind of buyer. */
export function ConformancePage() {
  const { t } = useTranslation('conformance')
  const scenarios = useScenarios()
  const address = useConformanceAddress()
  const items = scenarios.data?.items
  if (scenarios.isError)
    return (
      <>
        <PageHeader title={t('title')} subtitle={t('subtitle')} />
        <ErrorState error={scenarios.error} onRetry={() => void scenarios.refetch()} />
      </>
    )
  if (items?.length === 0) return <NoScenario />
  return <Report items={items ?? []} address={address} />
}

type ReportProps = { items: Scenario[]; address: ConformanceAddress }

function Report({ items, address }: ReportProps) {
  const { t } = useTranslation('conformance')
  const { search, change } = address
  const { nameStep, nameStage } = useStepNames()
  // One that was taken away meanwhile gives way to the first.
  const scenario = items.find(({ id }) => id === search.scenario) ?? items[0]
  const query = useConformance(search, scenario)
  if (scenario?.path.length === 0)
    return (
      <NoScenario name={scenario.name}>
        <Choosers items={items} scenario={scenario} address={address} />
      </NoScenario>
    )
  const tables = (answer: ConformanceAnswer) => toTables(answer, { t, nameStep, nameStage })
  return (
    <ReportPage
      title={t('title')}
      subtitle={t('subtitle')}
      query={query}
      fileName="conformance"
      choosers={<Choosers items={items} scenario={scenario} address={address} />}
      definition={<Definition />}
      tables={tables}
      onSample={(sample) => change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} />}
    </ReportPage>
  )
}

type ChoosersProps = ReportProps & { scenario: Scenario | undefined }

function Choosers({ items, scenario, address: { search, change } }: ChoosersProps) {
  const { t } = useTranslation('conformance')
  return (
    <>
      <Chooser
        label={t('scenario')}
        value={scenario?.id ?? ''}
        data={items.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(value) => change({ scenario: value })}
      />
      <PeriodChooser search={search} change={change} />
      <SegmentChooser search={search} change={change} />
      <CompareChooser search={search} change={change} />
      <Chooser
        label={t('outcome.label')}
        value={search.outcome ?? 'ordered'}
        data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        onChoose={(next) => change({ outcome: OUTCOMES.find((one) => one === next) })}
      />
    </>
  )
}

const PARAGRAPHS = ['journey', 'match', 'fit', 'fates', 'whole', 'outcome', 'range', 'compare'] as const

function Definition() {
  const { t } = useTranslation('conformance')
  return (
    <>
      {PARAGRAPHS.map((key) => (
        <p key={key}>{t(`definition.${key}`)}</p>
      ))}
    </>
  )
}

function Found({ answer, address }: { answer: ConformanceAnswer; address: ConformanceAddress }) {
  const { t } = useTranslation('conformance')
  const { figures, scenario } = answer
  if (figures.journeys === 0)
    return (
      <Section>
        <EmptyState icon={<IconRoute />} title={t('empty.title', { name: scenario.name })}>
          {t('empty.why', { count: figures.offPath })}
        </EmptyState>
      </Section>
    )
  return (
    <>
      <Sentences answer={answer} />
      <Gone answer={answer} />
      <Section title={t('picture.title')} hint={t('picture.hint', { count: figures.journeys })}>
        <PathPicture answer={answer} open={address.open} />
        <ClassBar answer={answer} open={address.open} />
      </Section>
      <PersonsList answer={answer} address={address} />
      {answer.other && <Changes answer={answer} />}
      <Contrasts answer={answer} open={address.open} />
      <StepTable answer={answer} open={address.open} />
      <MoveTable answer={answer} open={address.open} />
      <StageTable answer={answer} open={address.open} />
    </>
  )
}

/** Steps that nothing can make any more are left out of the reckoning, and it is said. */
function Gone({ answer }: { answer: ConformanceAnswer }) {
  const { t } = useTranslation('conformance')
  const { id } = useShop()
  const { nameStep } = useStepNames()
  const gone = answer.steps.filter(({ isGone }) => isGone)
  if (gone.length === 0) return null
  return (
    <Alert className={classes.gone} color="yellow" variant="light">
      {t('gone', { steps: gone.map((step) => `«${nameStep(step)}»`).join(', ') })}{' '}
      <Link to="/s/$shop/scenarios" params={{ shop: String(id) }}>
        {t('none.open')}
      </Link>
    </Alert>
  )
}
