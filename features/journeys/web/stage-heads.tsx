import { type KeyboardEvent, useRef, useState } from 'react'
import { Num } from '../../../web/ui/numbers.tsx'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapStage } from '../contract.ts'
import { useEstimateWords } from './figures.tsx'
import type { MapView } from './map-view.ts'
import classes from './stage-heads.module.css'

type StageHeadsProps = { stages: MapStage[]; view: MapView; onActive: (index: number | null) => void }

/** The names of the stages: one stop of the Tab key, arrows move between them, Enter opens. */
export function StageHeads({ stages, view, onActive }: StageHeadsProps) {
  const { t } = useTranslation('journeys')
  const row = useRef<HTMLDivElement>(null)
  const opened = stages.findIndex(({ key }) => key === view.search.stage)
  const [reached, setReached] = useState(Math.max(0, opened))
  const move = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, reached, stages.length)
    if (next === undefined) return
    event.preventDefault()
    setReached(next)
    row.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div ref={row} className={classes.row} role="toolbar" aria-label={t('stages')} onKeyDown={move}>
      {stages.map((stage, index) => (
        <StageHead
          key={stage.key}
          stage={stage}
          view={view}
          isReached={Math.min(reached, stages.length - 1) === index}
          onReach={() => {
            setReached(index)
            onActive(index)
          }}
        />
      ))}
    </div>
  )
}

/** Pure: where a key leads among `count` headings; undefined for every other key. */
export function nextIndex(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowRight') return Math.min(count - 1, index + 1)
  if (key === 'ArrowLeft') return Math.max(0, index - 1)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}

type StageHeadProps = { stage: MapStage; view: MapView; isReached: boolean; onReach: () => void }

function StageHead({ stage, view, isReached, onReach }: StageHeadProps) {
  const { t } = useTranslation('journeys')
  const words = useEstimateWords()
  const pulse = view.pulses[stage.key] ?? 0
  const isOpen = view.search.stage === stage.key
  return (
    <PlainButton
      className={classes.head}
      tabIndex={isReached ? 0 : -1}
      aria-expanded={isOpen}
      onFocus={onReach}
      onPointerEnter={onReach}
      onClick={() => (isOpen ? view.close() : view.open(stage.key))}
    >
      <span className={classes.name}>{view.names.stage(stage.key)}</span>
      <span className={classes.count}>
        {/* A new key starts the animation anew: one pulse for each batch of arrivals. */}
        {pulse > 0 && <span key={pulse} className={classes.pulse} aria-hidden="true" />}
        <Num value={stage.persons} /> {t('personsWord', { count: stage.persons })}
      </span>
      <span className="only-spoken">
        {t('said.name')}: {words.full('said', stage.said)}. {t('kept.name')}: {words.full('kept', stage.kept)}
        .
      </span>
    </PlainButton>
  )
}
