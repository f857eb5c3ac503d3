import type { Day } from '../../kernel/time.ts'
import type { DemoOptions } from '../options.ts'
import type { Draw } from './draw.ts'
import { drawContact } from './draw-contact.ts'
import { drawFirstOrder } from './draw-order.ts'
import { drawArrival } from './draw-visits.ts'
import type { Life } from './life.ts'

/** A life from the first visit, on `day`, up to the first order. */
export function drawBuyer(draw: Draw, options: DemoOptions, index: number, day: Day): Life {
  const arrived = drawArrival(draw, options, index, day)
  const asked = { ...arrived, contact: drawContact(draw, options.truths, arrived) }
  return { ...asked, order: drawFirstOrder(draw, options.truths, asked) }
}
