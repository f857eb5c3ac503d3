import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportMeta } from '../contract.ts'
import { useReportFacts } from './report-facts.ts'
import classes from './report-page.module.css'

/** What the answer rests on; a statistician looks here first. */
export function ReportFoot({ meta }: { meta: ReportMeta }) {
  const { t } = useTranslation('reports')
  return (
    <section aria-label={t('fact.name')}>
      <dl className={classes.foot}>
        {useReportFacts()(meta).map(({ key, name, value }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
