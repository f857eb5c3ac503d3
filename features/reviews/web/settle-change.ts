import type { Review, ReviewChange } from '../contract.ts'

export const NEVER = 'never'

/** How a touchpoint is checked, as the form shows it. */
export interface Settled {
  /** Weeks, or NEVER. */
  everyWeeks: string
  owner: string | null
  /** '' where there is none. */
  nextOn: string
}

export function toSettled({
  everyWeeks,
  owner,
  nextOn,
}: Pick<Review, 'everyWeeks' | 'owner' | 'nextOn'>): Settled {
  return { everyWeeks: everyWeeks === null ? NEVER : String(everyWeeks), owner, nextOn: nextOn ?? '' }
}

/** What is to be saved; undefined where nothing was changed. */
export function toChange(before: Settled, now: Settled): ReviewChange | undefined {
  const isOff = now.everyWeeks === NEVER
  const change: ReviewChange = {
    ...(now.everyWeeks !== before.everyWeeks && { everyWeeks: isOff ? null : Number(now.everyWeeks) }),
    ...(now.owner !== before.owner && { owner: now.owner }),
    ...(now.nextOn !== before.nextOn && !isOff && { nextOn: now.nextOn === '' ? null : now.nextOn }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}
