import { useTranslation } from '../../../web/use-translation.ts'
import classes from './report-page.module.css'

/** A report before it comes: sentences, a picture, a table. */
export function ReportSkeleton() {
  const { t } = useTranslation('reports')
  return (
    <div className={classes.lines} aria-busy="true">
      <span className="only-spoken" role="status">
        {t('loading')}
      </span>
      <span style={{ width: '62%' }} />
      <span style={{ width: '44%' }} />
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0,72C90,72 110,22 210,24S330,66 430,58 560,30 660,36 800,74 1000,50" />
      </svg>
      <span style={{ width: '88%' }} />
      <span style={{ width: '81%' }} />
      <span style={{ width: '86%' }} />
    </div>
  )
}
