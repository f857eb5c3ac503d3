import type { Day } from '../../kernel/time.ts'
import type { DemoOptions } from '../options.ts'
import { createAnswerChance } from './answer-chance.ts'
import { createArrivals } from './arrivals.ts'
import { createDraw } from './draw.ts'
import { drawAfter } from './draw-after.ts'
import { drawBuyer } from './draw-buyer.ts'
import { isReceived } from './draw-order.ts'
import type { Life } from './life.ts'

/** Draws the whole life of a person by their number, the same for the same options. Nothing here needs a server. */
export function createLives(options: DemoOptions): (index: number) => Life {
  const arrivalDay = createArrivals(options)
  const answerChance = createAnswerChance(options)
  return (index) => {
    const draw = createDraw(`${options.seed}:${index}`)
    const day: Day = arrivalDay(index, draw.between(0, 1))
    const life = drawBuyer(draw, options, index, day)
    const { order } = life
    if (!order || !isReceived(order)) return life
    return { ...life, after: drawAfter(draw, options.truths, life, order, answerChance) }
  }
}
