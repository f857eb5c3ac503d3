import { ActionIcon, Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap, MapQuestion, MapStage, MapTouchpoint } from '../contract.ts'
import type { MapView } from './map-view.ts'
import { PanelDecisions } from './panel-decisions.tsx'
import { PanelFigures } from './panel-figures.tsx'
import { PanelFlow } from './panel-flow.tsx'
import { PanelPeople } from './panel-people.tsx'
import { PanelTouchpoints } from './panel-touchpoints.tsx'
import { StageLink } from './stage-link.tsx'
import classes from './stage-panel.module.css'

type StagePanelProps = { map: JourneyMap; view: MapView; question: MapQuestion; isPhone: boolean }

/** One stage, or one touchpoint of it, beside the map; a sheet from below on a phone. */
export function StagePanel({ map, view, question, isPhone }: StagePanelProps) {
  const { t } = useTranslation('journeys')
  const { search, names, close } = view
  const stage = map.stages.find(({ key }) => key === search.stage)
  if (!stage) return null
  const touchpoint = stage.touchpoints.find(({ key }) => key === search.touchpoint)
  const title = touchpoint ? names.touchpoint(touchpoint.key) : names.stage(stage.key)
  const content = <PanelContent {...{ map, view, question, stage, touchpoint }} />
  if (isPhone)
    return (
      <Drawer
        opened
        onClose={close}
        position="bottom"
        size="86dvh"
        radius="18px 18px 0 0"
        title={<PanelTitle title={title} stage={stage} touchpoint={touchpoint} view={view} />}
        closeButtonProps={{ 'aria-label': t('panel.close') }}
      >
        {content}
      </Drawer>
    )
  return (
    <Beside title={title} onClose={close}>
      <header className={classes.header}>
        <PanelTitle title={title} stage={stage} touchpoint={touchpoint} view={view} />
        <ActionIcon
          aria-label={t('panel.close')}
          onClick={() => {
            focusStage()
            close()
          }}
        >
          <IconX size={19} stroke={1.8} />
        </ActionIcon>
      </header>
      {content}
    </Beside>
  )
}

/** The keyboard goes back to where it came from: the heading of the stage. */
const focusStage = () =>
  document.querySelector<HTMLElement>('[role="toolbar"] [aria-expanded="true"]')?.focus()

/** Esc closes it from wherever the focus is, unless something above it (a menu) is open. */
function Beside({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: React.ReactNode
}) {
  const closeByEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (document.querySelector('[role="menu"], [role="dialog"]')) return
    focusStage()
    onClose()
  })
  useEffect(() => {
    document.addEventListener('keydown', closeByEscape)
    return () => document.removeEventListener('keydown', closeByEscape)
  }, [])
  return (
    <aside className={classes.panel} aria-label={title}>
      {children}
    </aside>
  )
}

type TitleProps = {
  title: string
  stage: MapStage
  touchpoint: MapTouchpoint | undefined
  view: MapView
}

function PanelTitle({ title, stage, touchpoint, view }: TitleProps) {
  return (
    <div className={classes.title}>
      {touchpoint && (
        <button type="button" className={classes.up} onClick={() => view.open(stage.key)}>
          {view.names.stage(stage.key)}
        </button>
      )}
      <h2>{title}</h2>
    </div>
  )
}

type ContentProps = Omit<StagePanelProps, 'isPhone'> & {
  stage: MapStage
  touchpoint: MapTouchpoint | undefined
}

function PanelContent({ map, view, question, stage, touchpoint }: ContentProps) {
  if (view.search.people)
    return <PanelPeople stage={stage} touchpoint={touchpoint} view={view} question={question} />
  const before = map.compared?.stages.find(({ key }) => key === stage.key)
  return (
    <>
      <PanelFigures
        of={touchpoint ?? stage}
        before={touchpoint ? before?.touchpoints.find(({ key }) => key === touchpoint.key) : before}
        view={view}
      />
      {!touchpoint && <StageLink stage={stage.key} search={view.search} />}
      {!touchpoint && <PanelFlow stage={stage} view={view} />}
      <PanelTouchpoints stage={stage} touchpoint={touchpoint} view={view} />
      <PanelDecisions stage={stage} touchpoint={touchpoint} view={view} />
    </>
  )
}
