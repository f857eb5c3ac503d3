import { memo } from 'react'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapStage } from '../contract.ts'
import { KeptBand } from './kept-band.tsx'
import { PeopleBand } from './people-band.tsx'
import classes from './picture.module.css'
import { type Layout, PICTURE_HEIGHT } from './picture-layout.ts'
import { SaidBand } from './said-band.tsx'

type PictureProps = {
  stages: MapStage[]
  compared: MapStage[] | undefined
  layout: Layout
  active: number | null
}

/** The picture of the path. The table beside it tells the same to those who don't see it. */
export const Picture = memo(function Picture({ stages, compared, layout, active }: PictureProps) {
  const { t } = useTranslation('journeys')
  const { width, saidY, reach } = layout
  return (
    <svg
      className={classes.picture}
      width={width}
      height={PICTURE_HEIGHT}
      viewBox={`0 0 ${width} ${PICTURE_HEIGHT}`}
      role="img"
      aria-label={t('picture')}
    >
      <defs>
        <linearGradient
          id="map-said"
          x1="0"
          x2="0"
          y1={saidY(reach)}
          y2={saidY(-reach)}
          gradientUnits="userSpaceOnUse"
        >
          <stop offset="0.38" stopColor="var(--won)" />
          <stop offset="0.5" stopColor="var(--even)" />
          <stop offset="0.6" stopColor="var(--lost)" />
        </linearGradient>
      </defs>
      <PeopleBand stages={stages} layout={layout} active={active} />
      <KeptBand stages={stages} compared={compared} layout={layout} />
      <SaidBand stages={stages} compared={compared} layout={layout} active={active} />
    </svg>
  )
})
