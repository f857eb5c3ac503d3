import { Estimate } from '../../reports/web/parts.ts'
import type { Counted } from '../contract.ts'
import { DifferenceText } from './difference-text.tsx'

/** A share with its range, and how it differs from the other side's. */
export function ShareCell({ of }: { of: Counted }) {
  return (
    <>
      <Estimate share={of.share ?? 0} low={of.low} high={of.high} n={of.of} />
      {of.other && (
        <div>
          <DifferenceText of={of} />
        </div>
      )}
    </>
  )
}
