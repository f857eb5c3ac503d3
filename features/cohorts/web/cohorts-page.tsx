import { IconUsers } from '@tabler/icons-react'
import { useLocale } from '../../../web/format.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { ReportPage } from '../../reports/web/parts.ts'
import type { CohortsAnswer } from '../contract.ts'
import { CohortChoosers } from './cohort-choosers.tsx'
import { CohortCompare } from './cohort-compare.tsx'
import { CohortGroups } from './cohort-groups.tsx'
import { CohortPersonsList } from './cohort-persons-list.tsx'
import { CohortSentences } from './cohort-sentences.tsx'
import { CohortTable } from './cohort-table.tsx'
import { findMode } from './cohorts-search.ts'
import { toTables } from './cohorts-tables.ts'
import { RetentionCurve } from './retention-curve.tsx'
import { type CohortsAddress, useCohorts, useCohortsAddress, useGroupName } from './use-cohorts.ts'

/** Whether new customers come again and order again, by the week or month of their beginning. */
export function CohortsPage() {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const nameGroup = useGroupName()
  const address = useCohortsAddress()
  const query = useCohorts(address.search)
  return (
    <ReportPage
      title={t('title')}
      subtitle={t('subtitle')}
      query={query}
      fileName="cohorts"
      choosers={<CohortChoosers address={address} />}
      definition={<Definition />}
      tables={(answer) => toTables(answer, { t, locale, nameGroup })}
      onSample={(sample) => address.change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} />}
    </ReportPage>
  )
}

const PARAGRAPHS = ['first', 'return', 'stretch', 'complete', 'mean', 'range', 'compare', 'history'] as const

function Definition() {
  const { t } = useTranslation('cohorts')
  return (
    <>
      {PARAGRAPHS.map((key) => (
        <p key={key}>{t(`definition.${key}`)}</p>
      ))}
    </>
  )
}

function Found({ answer, address }: { answer: CohortsAnswer; address: CohortsAddress }) {
  const { t } = useTranslation('cohorts')
  const mode = findMode(address.search)
  const { meta, returns, size } = answer
  if (answer.n === 0)
    return (
      <Section>
        <EmptyState
          icon={<IconUsers />}
          title={t(meta.segment ? 'empty.segment' : `empty.${returns === 'order' ? 'order' : 'contact'}`)}
        >
          {t('empty.why')}
        </EmptyState>
      </Section>
    )
  return (
    <>
      <CohortSentences answer={answer} />
      <Section title={t(`curve.${mode}.${returns}`)} hint={t('curve.hint')}>
        <RetentionCurve answer={answer} mode={mode} />
      </Section>
      {answer.other && <CohortCompare answer={answer} mode={mode} />}
      {answer.groups.length > 0 && <CohortGroups answer={answer} mode={mode} />}
      <Section title={t(`table.title.${size}`)} hint={t('table.hint')} flush>
        <CohortTable answer={answer} mode={mode} address={address} />
      </Section>
      <CohortPersonsList answer={answer} address={address} />
    </>
  )
}
