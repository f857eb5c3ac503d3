import { useElementSize } from '@mantine/hooks'
import { IconFlag3 } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import classes from './decision-flag.module.css'
import { DecisionFlag, type DecisionMark } from './decision-flag.tsx'
import { placeMarks } from './place-marks.ts'

type DecisionFlagsProps = {
  decisions: readonly DecisionMark[]
  /** Where a day stands, 0 … 1 from the left; undefined outside. */
  placeOf: (day: string) => number | undefined
  /** In a tiny picture, beside which the decisions stand in words: marks that can't be pressed. */
  isTiny?: boolean
}

/** A flag needs so many pixels. */
const ROOM = 30

/** Decisions over a picture whose axis is time; it must be positioned, and leave room above itself for the flags. */
export function DecisionFlags({ decisions, placeOf, isTiny = false }: DecisionFlagsProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const marks = width > 0 ? placeMarks(decisions, placeOf, isTiny ? 0 : ROOM / width) : []
  return (
    <div ref={ref} className={classes.flags}>
      {marks.map(({ at, decisions: own }) =>
        isTiny ? (
          <span key={at} className={classes.small} style={atStyle(at)} aria-hidden="true">
            <IconFlag3 size={11} stroke={2} />
          </span>
        ) : (
          <span key={at} className={classes.pole} style={atStyle(at)}>
            <DecisionFlag decisions={own} side={at < 0.35 ? 'start' : at > 0.65 ? 'end' : 'middle'} />
          </span>
        ),
      )}
    </div>
  )
}

const atStyle = (at: number) => ({ '--at': at }) as CSSProperties
