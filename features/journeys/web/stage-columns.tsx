import { IconCheck, IconFlag3, IconX } from '@tabler/icons-react'
import { Fragment, memo } from 'react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Num } from '../../../web/ui/numbers.tsx'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapStage } from '../contract.ts'
import { changeBetween, toneOfChange } from './judge.ts'
import { listUsed } from './list-used.ts'
import type { MapView } from './map-view.ts'
import { useOnwardWords } from './onward-words.ts'
import classes from './stage-columns.module.css'
import { TouchpointRow } from './touchpoint-row.tsx'

type StageColumnsProps = {
  stages: MapStage[]
  compared: MapStage[] | undefined
  view: MapView
  onActive: (index: number) => void
}

/** So many touchpoints stand under a stage; the panel lists all. */
export const SHOWN_TOUCHPOINTS = 5

/** Under the picture: the way onward, touchpoints, how many were heard, promises. Rows line up across all stages. */
export const StageColumns = memo(function StageColumns({
  stages,
  compared,
  view,
  onActive,
}: StageColumnsProps) {
  return (
    <div className={classes.columns}>
      {stages.map((stage, index) => (
        <Fragment key={stage.key}>
          {/* Five cells under each other, and the next stage to the right of them: the grid flows by columns. */}
          <Cell onEnter={() => onActive(index)} name="go">
            <Onward stage={stage} />
            {compared && <Difference stage={stage} before={compared.find(({ key }) => key === stage.key)} />}
          </Cell>
          <Cell onEnter={() => onActive(index)} name="touchpoints">
            <Touchpoints stage={stage} view={view} />
          </Cell>
          <Cell onEnter={() => onActive(index)} name="heard">
            <Heard stage={stage} />
          </Cell>
          <Cell onEnter={() => onActive(index)} name="promises">
            <Promises stage={stage} />
            <Decisions
              titles={view.decisions.filter(({ at }) => at === stage.key).map(({ title }) => title)}
            />
          </Cell>
        </Fragment>
      ))}
    </div>
  )
})

function Cell({ onEnter, name, children }: { onEnter: () => void; name: string; children: React.ReactNode }) {
  return (
    <div className={classes.cell} data-cell={name} onPointerEnter={onEnter}>
      {children}
    </div>
  )
}

export function Onward({ stage }: { stage: MapStage }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const sayOnward = useOnwardWords()
  if (stage.persons === 0) return <span data-quiet>{t('flow.nobody')}</span>
  if (!stage.next || stage.next.share === 0) return <span data-quiet>{t('flow.none')}</span>
  const { share, medianSeconds } = stage.next
  return (
    <span className={classes.onward} title={t('flow.definition')}>
      <b className="num">{t('flow.onward', { share: formatPercent(share, locale) })}</b>{' '}
      <span className="num">{sayOnward(medianSeconds)}</span>
    </span>
  )
}

/** What changed against the period or segment compared with, and whether that may be chance. */
export function Difference({ stage, before }: { stage: MapStage; before: MapStage | undefined }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const change = changeBetween(stage.said, before?.said ?? null)
  if (!change) return null
  const write = (value: number) => formatNumber(value, locale, { signed: true })
  return (
    <span
      className={classes.change}
      data-tone={toneOfChange(change)}
      title={t('range', { low: write(change.low), high: write(change.high) })}
    >
      <b className="num">{write(change.by)}</b> {t(`change.${change.verdict}`)}
    </span>
  )
}

function Touchpoints({ stage, view }: { stage: MapStage; view: MapView }) {
  const { t } = useTranslation('journeys')
  const used = listUsed(stage)
  const rest = used.length - SHOWN_TOUCHPOINTS
  return (
    <>
      <ul className={classes.touchpoints}>
        {used.slice(0, SHOWN_TOUCHPOINTS).map((touchpoint) => (
          <li key={touchpoint.key}>
            <TouchpointRow
              touchpoint={touchpoint}
              name={view.names.touchpoint(touchpoint.key)}
              onOpen={() => view.open(stage.key, touchpoint.key)}
            />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <PlainButton className={classes.more} onClick={() => view.open(stage.key)}>
          {t('more', { count: rest })}
        </PlainButton>
      )}
    </>
  )
}

/** Of how many persons there is an opinion at all. */
export function Heard({ stage }: { stage: MapStage }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  if (stage.persons === 0) return null
  return (
    <div className={classes.heard} title={t('heard.definition')}>
      <div className={classes.bar} aria-hidden="true">
        <div style={{ width: `${Math.min(100, stage.heard.share * 100)}%` }} />
      </div>
      {t('heard.short', { share: formatPercent(stage.heard.share, locale) })}
    </div>
  )
}

export function Promises({ stage }: { stage: MapStage }) {
  const { t } = useTranslation('journeys')
  if (!stage.promises) return null
  const { kept, broken } = stage.promises
  return (
    <div className={classes.promises}>
      {t('promises.name')}
      <span data-tone="won" title={t('promises.kept')}>
        <IconCheck size={13} stroke={2.4} aria-hidden="true" />
        <span className="only-spoken">{t('promises.kept')}</span> <Num value={kept} />
      </span>
      <span data-tone="lost" title={t('promises.broken')}>
        <IconX size={13} stroke={2.4} aria-hidden="true" />
        <span className="only-spoken">{t('promises.broken')}</span> <Num value={broken} />
      </span>
    </div>
  )
}

function Decisions({ titles }: { titles: string[] }) {
  const { t } = useTranslation('journeys')
  if (titles.length === 0) return null
  return (
    <div className={classes.decisions} title={titles.join('\n')}>
      <IconFlag3 size={13} stroke={2} aria-hidden="true" /> {t('decisions.count', { count: titles.length })}
    </div>
  )
}
