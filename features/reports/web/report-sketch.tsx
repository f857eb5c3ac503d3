import type { ReactNode } from 'react'
import classes from './reports-page.module.css'

const soft = { fill: 'var(--sunk)' }

const line = { fill: 'none', stroke: 'var(--won)', strokeWidth: 3, strokeLinecap: 'round' } as const
const dots = [10, 36, 62, 88, 114, 140, 166, 192, 218]

/** What each report looks like, in a few strokes: 240 × 80. */
export const sketches: Record<string, ReactNode> = {
  funnel: (
    <>
      <path d="M0 6 L60 22 V58 L0 74Z" fill="var(--won)" opacity="0.85" />
      <path d="M64 23 L120 32 V48 L64 57Z" fill="var(--won)" opacity="0.65" />
      <path d="M124 32.5 L180 36 V44 L124 47.5Z" fill="var(--won)" opacity="0.5" />
      <path d="M184 36.5 L240 38 V42 L184 43.5Z" fill="var(--won)" opacity="0.4" />
    </>
  ),
  drivers: (
    <>
      <path d="M150 2 V78" stroke="var(--edge)" strokeWidth={1.6} />
      {[
        [62, 98],
        [104, 128],
        [196, 176],
        [150, 206],
      ].map(([dot = 0, naive = 0], row) => (
        <g key={dot} transform={`translate(0 ${12 + row * 19})`}>
          <path d={`M${dot} 0 H${naive}`} stroke="var(--mute)" strokeWidth={1.4} strokeDasharray="1.5 4" />
          <circle cx={naive} r={4.5} fill="var(--card)" stroke="var(--mute)" strokeWidth={2} />
          <circle
            cx={dot}
            r={6.5}
            fill={dot < 150 ? 'var(--lost)' : dot > 150 ? 'var(--won)' : 'var(--mute)'}
          />
        </g>
      ))}
    </>
  ),
  changes: (
    <>
      <path d="M0 58 L20 52 L40 60 L60 50 L80 56 L100 52 L120 58 L140 54 L156 56 L156 72 L0 72Z" {...soft} />
      <path
        d="M0 56 L20 50 L40 58 L60 48 L80 54 L100 50 L120 56 L140 52 L156 54"
        fill="none"
        stroke="var(--mute)"
        strokeWidth={2.4}
      />
      <path d="M156 54 L176 24 L196 18 L216 22 L240 12" fill="none" stroke="var(--even)" strokeWidth={3.4} />
      <path d="M156 2 V78" stroke="var(--ink)" strokeWidth={1.6} strokeDasharray="4 4" />
    </>
  ),
  choosing: (
    <>
      {[22, 60, 74, 46, 28, 16].map((height, place) => (
        <rect
          key={height}
          x={place * 41}
          y={78 - height}
          width={31}
          height={height}
          rx={5}
          fill="var(--won)"
          opacity={0.75}
        />
      ))}
      <path d="M106 2 V78" stroke="var(--ink)" strokeWidth={2} strokeDasharray="4 4" />
    </>
  ),
  returning: (
    <>
      {[150, 118, 84, 52].map((x, place) => (
        <g key={x} transform={`translate(0 ${4 + place * 20})`}>
          <rect width={240} height={14} rx={5} {...soft} />
          <rect x={x - 26} y={4} width={52} height={6} rx={3} fill="var(--won)" opacity={0.4} />
          <rect x={x - 3} y={1} width={5} height={12} rx={2} fill="var(--won)" />
        </g>
      ))}
    </>
  ),
  paths: (
    <>
      <path {...line} d="M6 40 C70 40 70 16 134 16 S190 16 234 16" strokeWidth={14} opacity={0.75} />
      <path {...line} d="M6 44 C70 44 70 46 134 46 S190 40 234 40" strokeWidth={8} opacity={0.5} />
      <path {...line} d="M6 50 C70 52 70 70 134 70" strokeWidth={5} stroke="var(--lost)" opacity={0.8} />
    </>
  ),
  conformance: (
    <>
      <path {...line} d="M8 52 H232" />
      <path {...line} d="M64 52 C80 14 108 14 120 52" stroke="var(--even)" strokeDasharray="2 7" />
      <path {...line} d="M176 52 C164 82 134 82 122 56" stroke="var(--lost)" />
      {[8, 64, 120, 176, 232].map((x) => (
        <circle key={x} cx={x} cy={52} r={6} fill="var(--card)" stroke="var(--won)" strokeWidth={3} />
      ))}
    </>
  ),
  attribution: (
    <>
      {[64, 46, 34, 22].map((width, place) => (
        <g key={width} transform={`translate(0 ${6 + place * 19})`}>
          <rect width={240} height={11} rx={5.5} {...soft} />
          <rect width={width * 2.6} height={11} rx={5.5} fill="var(--won)" opacity={0.85 - place * 0.15} />
          <path d={`M${width * 2.6 - 16} 5.5 h32`} stroke="var(--ink)" strokeWidth={1.6} />
        </g>
      ))}
    </>
  ),
  exposure: (
    <>
      <path
        d="M6 74 C50 50 80 24 130 20 S210 18 234 18 V34 C190 34 150 34 130 38 S50 70 6 78Z"
        fill="var(--won-soft)"
      />
      <path {...line} d="M6 76 C50 60 80 32 130 28 S210 26 234 26" />
      <path d="M130 10 V76" stroke="var(--mute)" strokeWidth={1.5} strokeDasharray="3 4" />
    </>
  ),
  'channel-mix': (
    <>
      {[
        [0, 96, 26],
        [104, 60, 46],
        [172, 40, 38],
        [220, 20, 62],
      ].map(([x = 0, width = 0, height = 0]) => (
        <rect
          key={x}
          x={x}
          y={76 - height}
          width={width}
          height={height}
          rx={5}
          fill="var(--won)"
          opacity={0.35 + height / 110}
        />
      ))}
    </>
  ),
  cohorts: (
    <>
      {[0, 1, 2, 3].map((row) =>
        dots
          .slice(0, 8 - row * 2)
          .map((x, column) => (
            <rect
              key={`${row} ${x}`}
              x={x - 10}
              y={4 + row * 19}
              width={22}
              height={15}
              rx={4}
              fill="var(--won)"
              opacity={Math.max(0.14, 0.95 - column * 0.13 - row * 0.04)}
            />
          )),
      )}
    </>
  ),
}

export function ReportSketch({ of }: { of: string }) {
  return (
    <svg
      className={classes.sketch}
      viewBox="0 0 240 80"
      preserveAspectRatio="xMinYMid meet"
      aria-hidden="true"
    >
      {sketches[of]}
    </svg>
  )
}
