import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import type { JourneyMap, MapQuestion } from '../contract.ts'
import { answerQuestion } from './journey-map.ts'
import { readQuestion } from './map-question.ts'

/** The map as its address answers it, from memory while nothing has changed. */
export function answerMap(deps: Deps, shop: ShopContext, asked: MapQuestion): Promise<JourneyMap> {
  return answerQuestion(deps, readQuestion(asked, shop, deps.now()))
}
