import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { JourneyMap } from '../contract.ts'
import { Callouts } from './callouts.tsx'
import { Captions } from './captions.tsx'
import { MapFlags } from './map-flags.tsx'
import type { MapView } from './map-view.ts'
import { Picture } from './picture.tsx'
import { layOut, MIN_STEP } from './picture-layout.ts'
import { StageColumns } from './stage-columns.tsx'
import { StageHeads } from './stage-heads.tsx'
import { useWidth } from './use-width.ts'
import classes from './wide-map.module.css'

type WideMapProps = {
  map: JourneyMap
  view: MapView
  /** The room there is, as far as known; undefined when a panel beside takes some of it. */
  room: number | undefined
}

/** The map across: stages side by side, the picture through all of them, under it what each consists of. */
export function WideMap({ map, view, room }: WideMapProps) {
  const { stages, compared } = map
  const { ref, width } = useWidth<HTMLDivElement>(room)
  // The picture first; what stands under it is drawn when the browser has a moment.
  const isDrawn = useDeferredValue(true, false)
  const [hovered, setHovered] = useState<number | null>(null)
  const step = Math.max(MIN_STEP, width / Math.max(1, stages.length))
  const layout = useMemo(() => layOut(stages, compared?.stages, step), [stages, compared, step])
  const opened = stages.findIndex(({ key }) => key === view.search.stage)
  const active = hovered ?? (opened >= 0 ? opened : null)
  useSight(ref, opened, step, width)
  return (
    <div ref={ref} className={classes.scroll}>
      <div
        className={classes.inner}
        style={{ width: layout.width, '--step': `${step}px` } as React.CSSProperties}
        onPointerLeave={() => setHovered(null)}
      >
        <Lights count={stages.length} active={active} opened={opened} />
        <StageHeads stages={stages} view={view} onActive={setHovered} />
        <div className={classes.picture}>
          <Captions />
          <Picture stages={stages} compared={compared?.stages} layout={layout} active={active} />
          <Callouts map={map} view={view} layout={layout} />
          <Catchers stages={stages.map(({ key }) => key)} onActive={setHovered} onOpen={view.open} />
          <MapFlags stages={stages} view={view} layout={layout} />
        </div>
        {isDrawn && (
          <StageColumns stages={stages} compared={compared?.stages} view={view} onActive={setHovered} />
        )}
      </div>
    </div>
  )
}

/** Lights up the column under the pointer and the one that lies open. */
function Lights({ count, active, opened }: { count: number; active: number | null; opened: number }) {
  const shown = [...new Set([active, opened])].filter((one) => one !== null && one >= 0 && one < count)
  return shown.map((index) => (
    <div
      key={index}
      className={classes.light}
      data-open={index === opened || undefined}
      style={{ left: `calc(var(--step) * ${index})` }}
    />
  ))
}

/** The columns of the picture for the pointer; the keyboard has the headings above. */
function Catchers({
  stages,
  onActive,
  onOpen,
}: {
  stages: string[]
  onActive: (index: number) => void
  onOpen: (stage: string) => void
}) {
  return (
    <div className={classes.catchers} aria-hidden="true">
      {stages.map((key, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the heading above does the same for the keyboard
        // biome-ignore lint/a11y/noStaticElementInteractions: see above
        <div key={key} onPointerEnter={() => onActive(index)} onClick={() => onOpen(key)} />
      ))}
    </div>
  )
}

/** Scrolls a stage that was opened into sight, when the panel beside leaves the map little room. */
function useSight(ref: React.RefObject<HTMLDivElement | null>, opened: number, step: number, width: number) {
  const seen = useRef(-1)
  useEffect(() => {
    const box = ref.current
    if (!box || opened < 0 || width === 0) return
    const left = opened * step
    const isIn = left >= box.scrollLeft && left + step <= box.scrollLeft + box.clientWidth
    if (!isIn)
      box.scrollTo({
        left: left - (box.clientWidth - step) / 2,
        behavior: seen.current < 0 ? 'auto' : 'smooth',
      })
    seen.current = opened
  }, [ref, opened, step, width])
}
