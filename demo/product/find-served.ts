import type { Alarm, ChangesAnswer } from '../../features/changes/contract.ts'
import { answerChanges } from '../../features/changes/server/reads.ts'
import type { Driver, DriversAnswer, Estimate } from '../../features/drivers/contract.ts'
import { answerDrivers } from '../../features/drivers/server/answer-drivers.ts'
import type { Outcome } from '../../features/drivers/vocabulary.ts'
import { formatDay } from '../../kernel/time.ts'
import type { ShopContext } from '../../platform/http/access.ts'
import type { Deps } from '../../platform/room.ts'
import type { DemoOptions } from '../options.ts'
import { expected, type FindingKey, type Truths } from '../truths.ts'
import { PLACES } from './find-planted.ts'

/** A truth beside what the product says of it in its own words: nothing of it is reckoned here. */
export interface ServedFinding {
  name: string
  truth: number
  found: Estimate | undefined
  naive: number | undefined
  /** The room, and the name under which it stands there. */
  where: string
}

/** The answers that the pages of what matters and of what changed would show an owner of the recorded demo shop. */
export async function findServed(
  deps: Deps,
  shop: ShopContext,
  { truths, end, days }: DemoOptions,
): Promise<ServedFinding[]> {
  const period = { from: formatDay(end - days), to: formatDay(end) }
  const answers = new Map<Outcome, DriversAnswer>()
  for (const outcome of new Set(Object.values(PLACES).map((place) => place.outcome)))
    answers.set(outcome, await answerDrivers(deps, shop, { outcome, ...period }))
  const changes = await answerChanges(deps, shop, {})
  return [...listEffects(answers, truths), ...listChanges(changes, truths)]
}

function listEffects(answers: ReadonlyMap<Outcome, DriversAnswer>, truths: Truths): ServedFinding[] {
  const truthOf = expected(truths)
  const effects = Object.entries(PLACES).map(([key, { outcome, driver: name, level, to = 1 }]) => {
    const driver = answers.get(outcome)?.drivers.find((one) => one.key === name)
    const part = level ? driver?.levels.find((one) => one.level === level) : driver
    const naive = part?.naive ?? driver?.naive
    return {
      name: key,
      truth: truthOf[key as FindingKey].truth,
      found: part?.effect ? scale(part.effect, to) : undefined,
      naive: naive ? naive.value * to : undefined,
      where: `drivers, ${outcome}: ${name}${level ? `, ${level}` : ''}${tellMisled(driver)}`,
    }
  })
  const answering = answers.get('recommendation')?.answering
  return [
    ...effects,
    {
      name: 'nps_bias',
      truth: truthOf.nps_bias.truth,
      found: answering?.difference,
      naive: undefined,
      where: 'drivers, recommendation: as answered, and as all would answer',
    },
  ]
}

/** Of a negative scale the ends change places. */
function scale({ value, low, high }: Estimate, to: number): Estimate {
  const [one, other] = [low * to, high * to]
  return { value: value * to, low: Math.min(one, other), high: Math.max(one, other) }
}

const tellMisled = (driver: Driver | undefined) =>
  driver?.isConfounded ? ' (plain difference misleads)' : ''

const YOUNG = 'origin:social_page/tiktok'

function listChanges({ alarms, gaps }: ChangesAnswer, truths: Truths): ServedFinding[] {
  const young = alarms.find(({ metric, audience }) => metric === 'share' && audience === YOUNG)
  const slow = gaps.find(({ place, audience }) => place === 'product_page.lcp' && audience === 'device:phone')
  const others = alarms.filter((alarm) => alarm !== young)
  return [
    {
      name: 'young',
      truth: truths.young / 100,
      found: young && { value: young.after, low: young.before + young.low, high: young.before + young.high },
      naive: undefined,
      where: `changes, new audience: ${YOUNG}${tellAge(young)}`,
    },
    {
      name: 'slow_phone',
      truth: truths.slow_phone,
      found: slow?.speed ? exactly(slow.speed.own / 1_000) : undefined,
      naive: undefined,
      where: `changes, standing difference: product_page.lcp, device:phone${slow?.speed ? `, others ${(slow.speed.others / 1_000).toFixed(1)} s` : ''}`,
    },
    {
      name: 'november',
      truth: 0,
      found: exactly(others.length),
      naive: undefined,
      where: `changes, alarms besides the new audience${others.map(({ place, audience }) => ` ${place} ${audience}`).join(',')}`,
    },
  ]
}

function tellAge(young: Alarm | undefined): string {
  const age = young?.facets.find(({ audience }) => audience.startsWith('age:'))
  return age ? `, ${age.audience}` : ''
}

const exactly = (value: number): Estimate => ({ value, low: value, high: value })
