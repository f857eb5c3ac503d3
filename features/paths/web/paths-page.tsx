import { IconRoute } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { ReportPage, type ReportTable } from '../../reports/web/parts.ts'
import type { FlowAnswer, StepsAnswer, VariantsAnswer } from '../contract.ts'
import { FlowPicture } from './flow-picture.tsx'
import { FlowSentences } from './flow-sentences.tsx'
import { FlowTable } from './flow-table.tsx'
import { useFlowWords } from './flow-words.ts'
import { PathsChoosers } from './paths-choosers.tsx'
import type { View } from './paths-search.ts'
import { PersonsList } from './persons-list.tsx'
import { tableOfFlow, tableOfSteps, tableOfVariants } from './report-tables.ts'
import { StepsLead } from './steps-lead.tsx'
import { StepsSentences, StepsTable } from './steps-lists.tsx'
import { StepsPicture } from './steps-picture.tsx'
import { useNodeNames } from './use-node-names.ts'
import { usePaths, usePathsAddress } from './use-paths.ts'
import { VariantsList } from './variants-list.tsx'
import { VariantsSentences } from './variants-sentences.tsx'

/** By which ways customers go: as a flow, as whole paths, and as a map of steps. */
export function PathsPage() {
  const { view = 'flow' } = usePathsAddress().search
  if (view === 'variants') return <VariantsView />
  return view === 'steps' ? <StepsView /> : <FlowView />
}

/** What the views share: the names of contacts, and how a number opens its persons. */
function useView() {
  const address = usePathsAddress()
  const names = useNodeNames(address.search.by ?? 'touchpoint')
  const open = (who: typeof address.search.who) => address.open({ who })
  return { address, ...names, open }
}

function FlowView() {
  const { t } = useTranslation('paths')
  const { address, nameOf, choices, open } = useView()
  const query = usePaths<FlowAnswer>('flow', address.search)
  const words = useFlowWords(nameOf)
  const title = useColumnTitles()
  return (
    <Frame
      view="flow"
      query={query}
      {...{ address, choices }}
      tables={(answer: FlowAnswer) => tableOfFlow(answer, t('view.flow'), words.name, title)}
    >
      {(answer) => (
        <>
          <FlowSentences answer={answer} nameOf={nameOf} />
          {answer.root.n === 0 ? (
            <Nothing why={t('empty.here')} />
          ) : (
            <FlowPicture {...{ answer, nameOf, open }} />
          )}
          <PersonsList address={address} nameOf={nameOf} />
          {answer.root.n > 0 && <FlowTable {...{ answer, nameOf, open }} />}
        </>
      )}
    </Frame>
  )
}

function VariantsView() {
  const { t } = useTranslation('paths')
  const { address, nameOf, choices, open } = useView()
  const query = usePaths<VariantsAnswer>('variants', address.search)
  const title = useColumnTitles()
  return (
    <Frame
      view="variants"
      query={query}
      {...{ address, choices }}
      tables={(answer: VariantsAnswer) => tableOfVariants(answer, t('view.variants'), nameOf, title)}
    >
      {(answer) => (
        <>
          <VariantsSentences answer={answer} nameOf={nameOf} />
          <PersonsList address={address} nameOf={nameOf} />
          <VariantsList {...{ answer, nameOf, open }} />
        </>
      )}
    </Frame>
  )
}

function StepsView() {
  const { t } = useTranslation('paths')
  const { address, nameOf, choices, open } = useView()
  const query = usePaths<StepsAnswer>('steps', address.search)
  const title = useColumnTitles()
  return (
    <Frame
      view="steps"
      query={query}
      {...{ address, choices }}
      tables={(answer: StepsAnswer) => tableOfSteps(answer, t('view.steps'), nameOf, title)}
    >
      {(answer) => (
        <>
          <StepsLead answer={answer} nameOf={nameOf} />
          {answer.edges.length === 0 ? (
            <Nothing why={t('empty.single')} />
          ) : (
            <StepsPicture {...{ answer, nameOf, open }} />
          )}
          <StepsSentences {...{ answer, nameOf, open }} />
          <PersonsList address={address} nameOf={nameOf} />
          {answer.edges.length > 0 && <StepsTable {...{ answer, nameOf, open }} />}
        </>
      )}
    </Frame>
  )
}

type Answered = FlowAnswer | VariantsAnswer | StepsAnswer

interface FrameProps<Answer extends Answered> {
  view: View
  query: ReturnType<typeof usePaths<Answer>>
  address: ReturnType<typeof usePathsAddress>
  choices: ReturnType<typeof useNodeNames>['choices']
  tables: (answer: Answer) => ReportTable[]
  children: (answer: Answer) => ReactNode
}

function Frame<Answer extends Answered>({
  view,
  query,
  address,
  choices,
  tables,
  children,
}: FrameProps<Answer>) {
  const { t } = useTranslation('paths')
  return (
    <ReportPage<Answer>
      title={t('title')}
      subtitle={t('subtitle')}
      query={query}
      choosers={<PathsChoosers address={address} choices={choices} />}
      definition={<PathsDefinition />}
      tables={tables}
      fileName={`paths-${view}`}
      onSample={(sample) => address.change({ sample, who: undefined })}
    >
      {(answer) => (answer.totals.units === 0 ? <Nothing why={t('empty.why')} /> : children(answer))}
    </ReportPage>
  )
}

function Nothing({ why }: { why: string }) {
  const { t } = useTranslation('paths')
  return (
    <Section>
      <EmptyState icon={<IconRoute />} title={t('empty.title')}>
        {why}
      </EmptyState>
    </Section>
  )
}

function PathsDefinition() {
  const { t } = useTranslation('paths')
  return (
    <>
      <p>{t('means.path')}</p>
      <p>{t('means.period')}</p>
      <p>{t('means.contact')}</p>
      <p>{t('means.ends')}</p>
      <p>{t('means.ties')}</p>
      <p>{t('means.range')}</p>
      <p>{t('means.compare')}</p>
      <p>{t('means.cut')}</p>
    </>
  )
}

function useColumnTitles() {
  const { t } = useTranslation('paths')
  return (key: Parameters<Parameters<typeof tableOfFlow>[3]>[0]) => t(`column.${key}`)
}
