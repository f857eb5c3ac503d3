import { Estimate } from '../../reports/web/parts.ts'
import type { Counted } from '../contract.ts'
import { DifferenceText } from './difference-text.tsx'
import classes from './paths.module.css'

/** A share with its range, and how it differs from the other side's. */
export function ShareCell({ of }: { of: Counted }) {
  return (
    <div className={classes.share}>
      <Estimate share={of.share ?? 0} low={of.low} high={of.high} n={of.of} />
      {of.other && (
        <div>
          <DifferenceText of={of} />
        </div>
      )}
    </div>
  )
}
