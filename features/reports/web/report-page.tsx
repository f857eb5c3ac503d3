import { Link, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { formatInstant, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportMeta } from '../contract.ts'
import { DefinitionButton } from './definition-button.tsx'
import { ReportFailure } from './report-failure.tsx'
import { ReportFoot } from './report-foot.tsx'
import type { ReportPageProps } from './report-frame.ts'
import classes from './report-page.module.css'
import { readReportSearch } from './report-search.ts'
import { ReportSkeleton } from './report-skeleton.tsx'
import { SampleBanner } from './sample-banner.tsx'
import { SaveMenu } from './save-menu.tsx'
import { SavedBar } from './saved-bar.tsx'

/** The frame of every report: its question, its answer in every state, what the answer rests on, and the ways to take it along. */
export function ReportPage<Answer extends { meta: ReportMeta }>(props: ReportPageProps<Answer>) {
  const { title, subtitle, query, choosers, definition, onSample } = props
  const { t } = useTranslation('reports')
  const { id } = useShop()
  const body = useRef<HTMLDivElement>(null)
  const { saved } = readReportSearch(useSearch({ strict: false }) as Record<string, unknown>)
  return (
    <>
      <PageHeader
        title={title}
        subtitle={subtitle}
        back={
          <Link to="/s/$shop/reports" params={{ shop: String(id) }}>
            {t('all')}
          </Link>
        }
        actions={
          <>
            <DefinitionButton>{definition}</DefinitionButton>
            <SaveMenu
              title={title}
              fileName={props.fileName}
              meta={query.isError ? undefined : query.data?.meta}
              tables={() => (query.data ? props.tables(query.data) : [])}
              body={body}
              definition={definition}
            />
          </>
        }
      />
      {saved !== undefined && <SavedBar id={saved} />}
      <search className={classes.choosers}>{choosers}</search>
      {query.isError && (
        <ReportFailure error={query.error} onSample={onSample} onRetry={() => void query.refetch()} />
      )}
      {!query.data && !query.isError && <ReportSkeleton />}
      {query.data && !query.isError && <Found {...props} answer={query.data} body={body} />}
    </>
  )
}

type FoundProps<Answer extends { meta: ReportMeta }> = ReportPageProps<Answer> & {
  answer: Answer
  body: React.RefObject<HTMLDivElement | null>
}

/** A slow report gives its last answer at once; the new one comes by itself. */
function Earlier({ meta }: { meta: ReportMeta }) {
  const { t } = useTranslation('reports')
  const at = formatInstant(new Date(meta.computedAt), useLocale(), meta.timeZone)
  return (
    <p className={classes.earlier} role="status" data-not-in-picture>
      {t('earlier', { at })}
    </p>
  )
}

/** While another question is on its way, the answer to the one before stays, paler. */
function Found<Answer extends { meta: ReportMeta }>({
  answer,
  body,
  query,
  onSample,
  children,
}: FoundProps<Answer>) {
  const { t } = useTranslation('reports')
  const isOutdated = query.isPlaceholderData
  return (
    <div ref={body} className={classes.body} aria-busy={isOutdated} data-outdated={isOutdated || undefined}>
      <span className="only-spoken" role="status">
        {isOutdated && t('outdated')}
      </span>
      {answer.meta.isOutdated && !isOutdated && <Earlier meta={answer.meta} />}
      {answer.meta.sample !== null && <SampleBanner meta={answer.meta} onWhole={() => onSample(undefined)} />}
      {children(answer)}
      <ReportFoot meta={answer.meta} />
    </div>
  )
}
