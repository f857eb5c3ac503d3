import type { ReactNode } from 'react'
import type { ReportPath } from './report-list.ts'
import classes from './reports-page.module.css'

const soft = { fill: 'var(--sunk)' }

/** What the report looks like, in a few strokes: 240 × 80. */
const sketches: Record<ReportPath, ReactNode> = {
  funnel: (
    <>
      <path d="M0 6 L60 22 V58 L0 74Z" fill="var(--won)" opacity="0.85" />
      <path d="M64 23 L120 32 V48 L64 57Z" fill="var(--won)" opacity="0.65" />
      <path d="M124 32.500 L180 36 V44 L124 47.500Z" fill="var(--won)" opacity="0.5" />
      <path d="M184 36.500 L240 38 V42 L184 43.500Z" fill="var(--won)" opacity="0.4" />
    </>
  ),
  attribution: (
    <>
      {[64, 46, 34, 22].map((width, place) => (
        <g key={width} transform={`translate(0 ${6 + place * 19})`}>
          <rect width={240} height={11} rx={5.5} {...soft} />
          <rect width={width * 2.6} height={11} rx={5.5} fill="var(--won)" opacity={0.85 - place * 0.15} />
          <path d={`M${width * 2.6 - 16} 5.500 h32`} stroke="var(--ink)" strokeWidth={1.6} />
        </g>
      ))}
    </>
  ),
}

export function ReportSketch({ of }: { of: ReportPath }) {
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
