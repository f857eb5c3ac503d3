import { UnstyledButton } from '@mantine/core'
import { formatPercent, useLocale } from '../../../web/format.ts'
import { Num } from '../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapStage } from '../contract.ts'
import { formatSpan } from './format-span.ts'
import type { MapView } from './map-view.ts'
import classes from './panel.module.css'

/** Where people went after their last contact here. */
export function PanelFlow({ stage, view }: { stage: MapStage; view: MapView }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const ways = [...stage.after].sort((a, b) => b.share - a.share)
  if (ways.length === 0) return null
  return (
    <section className={classes.part}>
      <h3>{t('flow.title')}</h3>
      {stage.next && (
        <p className={classes.hint}>
          {t(stage.next.medianSeconds < 1 ? 'journeys:flow.sentenceAtOnce' : 'journeys:flow.sentence', {
            share: formatPercent(stage.next.share, locale),
            span: formatSpan(stage.next.medianSeconds, locale),
          })}
        </p>
      )}
      <ul className={classes.ways}>
        {ways.map((way) => (
          <li key={way.stage ?? ''} data-out={way.stage === null || undefined}>
            <span className={classes.wayBar} style={{ width: `${Math.max(1, way.share * 100)}%` }} />
            <span className={classes.wayName}>
              {way.stage === null ? (
                <UnstyledButton className={classes.who} onClick={() => view.openPeople('left')}>
                  {t('flow.nowhere')}
                </UnstyledButton>
              ) : (
                <UnstyledButton
                  className={classes.who}
                  onClick={() => way.stage !== null && view.open(way.stage)}
                >
                  {view.names.stage(way.stage)}
                </UnstyledButton>
              )}
            </span>
            <span className="num">
              {formatPercent(way.share, locale)}{' '}
              <small className="range">
                <Num value={way.persons} />
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
