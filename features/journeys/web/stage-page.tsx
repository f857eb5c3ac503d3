import { Button, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconDownload } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { download } from '../../../web/download.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import type { MapQuestion, StageAnswer } from '../contract.ts'
import { PeriodChooser, SegmentChooser } from './choosers.tsx'
import { MapFacts, MapNotices } from './map-facts.tsx'
import { MapFailure } from './map-failure.tsx'
import mapClasses from './map-page.module.css'
import { dropEmpty, questionOf, TREND_STEPS, type TrendStep } from './map-search.ts'
import { type MapView, useMapAddress } from './map-view.ts'
import { PanelFigures } from './panel-figures.tsx'
import { toTrendCsv } from './stage-csv.ts'
import classes from './stage-page.module.css'
import { StageReadings } from './stage-readings.tsx'
import { StageTrend } from './stage-trend.tsx'
import { isTooFine } from './stage-trend-layout.ts'
import { StageTrendTable } from './stage-trend-table.tsx'
import { StageWords } from './stage-words.tsx'
import { useStage, useStageView } from './use-stage.ts'

/** One stage of the path: since when it is so, how far the measured values spread, and what customers wrote. */
export function StagePage() {
  const { stage = '' } = useParams({ strict: false }) as { stage?: string }
  const { timeZone } = useShop()
  const { search } = useMapAddress()
  const question = questionOf(search, new Date(), timeZone)
  const view = useStageView(stage, question)
  const query = useStage(stage, question, search.by)
  // An answer about another stage is none of this one's.
  const answer = query.data?.stage.key === stage ? query.data : undefined
  return (
    <>
      <PageHeader
        title={view.names.stage(stage)}
        subtitle={<MapFacts meta={answer?.meta} />}
        back={<BackToMap stage={stage} view={view} />}
        actions={
          <div className={mapClasses.choosers}>
            <SegmentChooser view={view} />
            <PeriodChooser view={view} />
          </div>
        }
      />
      {answer && <MapNotices meta={answer.meta} />}
      {query.isError && !answer && (
        <MapFailure error={query.error} onRetry={() => void query.refetch()} view={view} />
      )}
      {!answer && !query.isError && <Waiting />}
      {answer && <StageBody {...{ answer, view, question, isOutdated: query.isPlaceholderData }} />}
    </>
  )
}

function BackToMap({ stage, view }: { stage: string; view: MapView }) {
  const { t } = useTranslation('journeys')
  const { id } = useShop()
  const search = dropEmpty({ ...view.search, table: undefined, by: undefined, stage })
  return (
    <Link to="/s/$shop/map" params={{ shop: String(id) }} search={search as never}>
      <IconArrowLeft size={15} stroke={1.8} aria-hidden="true" /> {t('title')}
    </Link>
  )
}

/** As high as what comes, so that nothing jumps. */
function Waiting() {
  const { t } = useTranslation('journeys')
  return (
    <div className={classes.waiting} role="status">
      <span data-quiet>{t('stagePage.waiting')}</span>
    </div>
  )
}

type StageBodyProps = { answer: StageAnswer; view: MapView; question: MapQuestion; isOutdated: boolean }

function StageBody({ answer, view, question, isOutdated }: StageBodyProps) {
  const { t } = useTranslation('journeys')
  const { stage, readings } = answer
  if (stage.persons === 0)
    return (
      <EmptyState
        title={t('stagePage.empty')}
        action={
          <Button onClick={() => view.change({ period: 365, from: undefined, to: undefined })}>
            {t('empty.year')}
          </Button>
        }
      >
        {t('empty.widen')}
      </EmptyState>
    )
  return (
    <div
      className={`${mapClasses.body} ${classes.body}`}
      aria-busy={isOutdated}
      data-outdated={isOutdated || undefined}
    >
      <div className={classes.figures}>
        <PanelFigures of={stage} before={undefined} view={view} />
      </div>
      <TrendCard answer={answer} view={view} />
      <StageReadings readings={readings} view={view} />
      <StageWords stage={stage.key} question={question} view={view} />
    </div>
  )
}

function TrendCard({ answer, view }: { answer: StageAnswer; view: MapView }) {
  const { t } = useTranslation('journeys')
  const { trend, by, stage, meta } = answer
  const isTable = view.search.table === true
  const save = () =>
    download(
      new Blob([toTrendCsv(trend)], { type: 'text/csv' }),
      `tropa-${stage.key}-${meta.fromDay}-${meta.toDay}.csv`,
    )
  return (
    <section className={classes.card} aria-label={t('stagePage.course')}>
      <div className={classes.bar}>
        <h2>{t('stagePage.course')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('stagePage.by.label')}
          value={by}
          onChange={(next) => view.change({ by: next as TrendStep })}
          data={TREND_STEPS.map((value) => ({ value, label: t(`stagePage.by.${value}`) }))}
        />
      </div>
      {isTooFine(answer) && <p className={classes.advice}>{t('stagePage.tooFine')}</p>}
      <StageTrend answer={answer} view={view} />
      <StageTrendTable points={trend} isShown={isTable} />
      <footer className={classes.foot}>
        <UnstyledButton
          className={classes.action}
          aria-pressed={isTable}
          onClick={() => view.change({ table: isTable ? undefined : true })}
        >
          {t(isTable ? 'journeys:table.hide' : 'journeys:table.show')}
        </UnstyledButton>
        <UnstyledButton className={classes.action} onClick={save}>
          <IconDownload size={15} stroke={1.8} aria-hidden="true" /> {t('stagePage.csv')}
        </UnstyledButton>
      </footer>
    </section>
  )
}
