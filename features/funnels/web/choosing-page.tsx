import { IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import {
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
import type { ChoosingAnswer, Spread } from '../contract.ts'
import classes from './choosing.module.css'
import { PersonsList } from './persons-list.tsx'
import { type OpenBar, SpreadBars, toBars } from './spread-bars.tsx'
import { SpreadMean } from './spread-mean.tsx'
import { useAnswer } from './use-funnel.ts'

type About = 'compared' | 'visits'
interface ChoosingSearch extends ReportSearch {
  list?: OpenBar & { about: About }
}

function readSearch(raw: Record<string, unknown>): ChoosingSearch {
  const { about, value, andMore } = (raw.list ?? {}) as Record<string, unknown>
  const isList = (about === 'compared' || about === 'visits') && Number.isInteger(value)
  return {
    ...readReportSearch(raw),
    ...(isList && { list: { about, value: value as number, andMore: andMore === true } }),
  }
}

/** How many shops customers compared, as they say, and how often they came before they ordered, as we saw. */
export function ChoosingPage() {
  const { t } = useTranslation('funnels')
  const { search, change, open } = useReportAddress<ChoosingSearch>(readSearch)
  const query = toReportQuery(search, new Date(), useTimeZone())
  const answer = useAnswer<ChoosingAnswer>('funnel/choosing', query)
  const ask = (part: ReportSearch) => change({ list: undefined, ...part })
  return (
    <ReportPage
      title={t('choosing.title')}
      subtitle={t('choosing.subtitle')}
      query={answer}
      choosers={
        <>
          <PeriodChooser search={search} change={ask} />
          <SegmentChooser search={search} change={ask} />
          <CompareChooser search={search} change={ask} />
        </>
      }
      definition={
        <>
          <p>{t('choosing.means.compared')}</p>
          <p>{t('choosing.means.visits')}</p>
          <p>{t('choosing.means.apart')}</p>
        </>
      }
      tables={(found) => toTables(found, t as unknown as (key: string) => string)}
      fileName="choosing"
      onSample={(sample) => ask({ sample })}
    >
      {(found) => (
        <>
          <div className={classes.two}>
            <Card about="compared" answer={found} open={(list) => open({ list })} />
            <Card about="visits" answer={found} open={(list) => open({ list })} />
          </div>
          {search.list && (
            <PersonsList
              title={t(`choosing.people.${search.list.about}${search.list.andMore ? 'More' : ''}`, {
                count: search.list.value,
              })}
              path="funnel/choosing/persons"
              query={{ ...query, ...search.list, andMore: search.list.andMore || undefined }}
              close={() => open({ list: undefined })}
            />
          )}
        </>
      )}
    </ReportPage>
  )
}

type CardProps = {
  about: About
  answer: ChoosingAnswer
  open: (list: NonNullable<ChoosingSearch['list']>) => void
}

function Card({ about, answer, open }: CardProps) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const spread = answer[about]
  const other = answer.other?.[about]
  const change = about === 'compared' ? answer.other?.changeOfCompared : answer.other?.changeOfVisits
  return (
    <Section title={t(`choosing.${about}.title`)} hint={t(`choosing.${about}.hint`)}>
      {spread.n === 0 ? (
        <Nothing about={about} spread={spread} />
      ) : (
        <>
          <SpreadMean
            spread={spread}
            other={other}
            change={change ?? null}
            say={(value) => t(`choosing.${about}.mean`, { value })}
          />
          <SpreadBars
            label={t(`choosing.${about}.title`)}
            spread={spread}
            other={other}
            nameOf={(value, andMore) =>
              t(andMore ? 'choosing.more' : `choosing.${about}.value`, {
                count: value,
                value: formatNumber(value, locale),
              })
            }
            open={(bar) => open({ about, ...bar })}
          />
          {spread.leftOut > 0 && (
            <p className={classes.note}>{t(`choosing.${about}.leftOut`, { count: spread.leftOut })}</p>
          )}
        </>
      )}
    </Section>
  )
}

/** One line in the shop's page brings the figure; no visitor is asked for it here. */
const HOW_TO_ASK = "tropa.track('Shops Compared', { count: 3 })"

function Nothing({ about, spread }: { about: About; spread: Spread }) {
  const { t } = useTranslation('funnels')
  return (
    <>
      <EmptyState icon={<IconScale />} title={t(`choosing.${about}.none`)}>
        {t(spread.leftOut > 0 ? `choosing.${about}.onlyLeftOut` : `choosing.${about}.how`, {
          count: spread.leftOut,
        })}
      </EmptyState>
      {about === 'compared' && <CodeBlock label={t('choosing.compared.code')} code={HOW_TO_ASK} />}
    </>
  )
}

function toTables(answer: ChoosingAnswer, say: (key: string) => string): ReportTable[] {
  return (['compared', 'visits'] as const).map((about) => ({
    name: say(`choosing.${about}.title`),
    columns: [
      { title: say(`choosing.${about}.title`), kind: 'number' },
      { title: say('per.person'), kind: 'number' },
      { title: say('choosing.share'), kind: 'share' },
      { title: say('table.low'), kind: 'share' },
      { title: say('table.high'), kind: 'share' },
    ],
    rows: toBars(answer[about], Number.POSITIVE_INFINITY).map(({ value, share }) => [
      value,
      share?.n ?? 0,
      share?.share ?? null,
      share?.low ?? null,
      share?.high ?? null,
    ]),
  }))
}
