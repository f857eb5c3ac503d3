import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import {
  Chooser,
  CompareChooser,
  PeriodChooser,
  ReportPage,
  type ReportSearch,
  type ReportTable,
  readReportSearch,
  SegmentChooser,
  toReportQuery,
  useReportAddress,
} from '../../reports/web/parts.ts'
import type { ReturningAnswer } from '../contract.ts'
import { PAGE_KEYS, type PageKey } from '../vocabulary.ts'
import { PersonsList } from './persons-list.tsx'
import { ReturningPicture } from './returning-picture.tsx'
import { useAnswer } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

interface ReturningSearch extends ReportSearch {
  pages?: PageKey
  list?: { page: string; kind: 'back' | 'gone' }
}

function readSearch(raw: Record<string, unknown>): ReturningSearch {
  const { page, kind } = (raw.list ?? {}) as Record<string, unknown>
  const isList = typeof page === 'string' && page !== '' && (kind === 'back' || kind === 'gone')
  return {
    ...readReportSearch(raw),
    ...(raw.pages === 'template' && { pages: 'template' as const }),
    ...(isList && { list: { page, kind } }),
  }
}

/** Of those who saw a page: who came back within 30 days. */
export function ReturningPage() {
  const { t } = useTranslation('funnels')
  const { search, change, open } = useReportAddress<ReturningSearch>(readSearch)
  const { pages = 'touchpoint' } = search
  const query = { ...toReportQuery(search, new Date(), useTimeZone()), pages }
  const answer = useAnswer<ReturningAnswer>('funnel/returning', query)
  const { namePage } = useFunnelNames()
  const nameOf = (page: string) => (pages === 'touchpoint' ? namePage(page) : page)
  const ask = (part: ReturningSearch) => change({ list: undefined, ...part })
  return (
    <ReportPage
      title={t('returning.title')}
      subtitle={t('returning.subtitle')}
      query={answer}
      choosers={<Choosers search={search} ask={ask} />}
      definition={PARAGRAPHS.map((one) => <p key={one}>{t(`returning.means.${one}`)}</p>)}
      tables={(found) => [toTable(found, nameOf, t as unknown as (key: string) => string)]}
      fileName="returning"
      onSample={(sample) => ask({ sample })}
    >
      {(found) => (
        <>
          <Found answer={found} nameOf={nameOf} open={(list) => open({ list })} />
          {search.list && (
            <PersonsList
              title={t(`returning.people.${search.list.kind}`, { page: nameOf(search.list.page) })}
              path="funnel/returning/persons"
              query={{ ...query, ...search.list }}
              close={() => open({ list: undefined })}
            />
          )}
        </>
      )}
    </ReportPage>
  )
}

const PARAGRAPHS = ['back', 'open', 'cause'] as const

function Choosers({ search, ask }: { search: ReturningSearch; ask: (part: ReturningSearch) => void }) {
  const { t } = useTranslation('funnels')
  return (
    <>
      <PeriodChooser search={search} change={ask} />
      <SegmentChooser search={search} change={ask} />
      <CompareChooser search={search} change={ask} />
      <Chooser
        label={t('returning.by')}
        value={search.pages ?? 'touchpoint'}
        data={PAGE_KEYS.map((one) => ({ value: one, label: t(`returning.${one}`) }))}
        onChoose={(next) => ask({ pages: next === 'template' ? 'template' : undefined })}
      />
    </>
  )
}

type FoundProps = {
  answer: ReturningAnswer
  nameOf: (page: string) => string
  open: (list: NonNullable<ReturningSearch['list']>) => void
}

function Found({ answer, nameOf, open }: FoundProps) {
  const { t } = useTranslation('funnels')
  const isEmpty = answer.pages.every(({ back }) => back === null)
  const waiting = answer.pages.reduce((most, { open: count }) => Math.max(most, count), 0)
  if (isEmpty)
    return (
      <Section>
        <EmptyState icon={<IconRefresh />} title={t('returning.none')}>
          {waiting > 0 ? t('returning.tooEarly') : t(`returning.noneWhy.${answer.by}`)}
        </EmptyState>
      </Section>
    )
  return (
    <Section title={t('returning.picture')} hint={t('returning.hint')}>
      <ReturningPicture answer={answer} nameOf={nameOf} open={open} />
    </Section>
  )
}

function toTable(
  { pages }: ReturningAnswer,
  nameOf: (page: string) => string,
  say: (key: string) => string,
): ReportTable {
  return {
    name: say('returning.title'),
    columns: [
      { title: say('returning.page'), kind: 'text' },
      { title: say('returning.saw'), kind: 'number' },
      { title: say('returning.back'), kind: 'share' },
      { title: say('table.low'), kind: 'share' },
      { title: say('table.high'), kind: 'share' },
      { title: say('returning.open'), kind: 'number' },
      { title: say('compare.otherShare'), kind: 'share' },
      { title: 'q', kind: 'number' },
    ],
    rows: pages.map(({ page, back, open, other, change }) => [
      nameOf(page),
      back?.of ?? 0,
      back?.share ?? null,
      back?.low ?? null,
      back?.high ?? null,
      open,
      other?.share ?? null,
      change?.q ?? null,
    ]),
  }
}
