/** An event of a person: `page` is what it shows ('' if nothing), `order` the order that it places. */
export interface SlowMoment {
  at: number
  isSite: boolean
  page: string
  order: string
}

const DAY = 86_400_000
const SILENCE = 30 * 60_000

/** Moments of the site with half an hour of silence before them. */
function listBeginnings(moments: readonly SlowMoment[]): number[] {
  const seen = moments.filter(({ isSite }) => isSite).map(({ at }) => at)
  return [...new Set(seen)].filter((at) => !seen.some((before) => before < at && at - before <= SILENCE))
}

/** Visits of 30 days that led to the first order of the period; undefined without one, −1 where the history is too short. */
export function countVisits(
  moments: readonly SlowMoment[],
  period: { from: number; to: number },
  begun: number,
): number | undefined {
  const orders = moments
    .filter(({ order, at }) => order !== '' && at > period.from - 30 * DAY - SILENCE - 1)
    .toSorted((a, b) => a.at - b.at || (a.order < b.order ? -1 : 1))
  const first = orders.find(
    ({ at, order }) =>
      at >= period.from &&
      at < period.to &&
      !orders.some((earlier) => earlier.at < at && earlier.order === order),
  )
  if (!first) return undefined
  if (first.at - 30 * DAY < begun) return -1
  const earlier = orders.filter(({ at, order }) => at < first.at && order !== first.order)
  const after = Math.max(first.at - 30 * DAY, ...earlier.map(({ at }) => at))
  return listBeginnings(moments).filter((at) => at > after && at <= first.at).length
}

/** For every page that the person saw in the period: did they come again within 30 days, and are these over? */
export function followPages(
  moments: readonly SlowMoment[],
  period: { from: number; to: number },
  now: number,
): { page: string; isBack: boolean; isOver: boolean }[] {
  const inside = moments.filter(({ at }) => at >= period.from && at < period.to)
  const later = listBeginnings(moments)
  return [...new Set(inside.map(({ page }) => page))]
    .filter((page) => page !== '')
    .map((page) => {
      const first = Math.min(...inside.filter((one) => one.page === page).map(({ at }) => at))
      return {
        page,
        isBack: later.some((at) => at > first && at <= first + 30 * DAY),
        isOver: first + 30 * DAY <= now,
      }
    })
}
