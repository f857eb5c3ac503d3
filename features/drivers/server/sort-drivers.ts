import type { Driver } from '../contract.ts'

/** What can be won back first, then what helps, then the rest by how much they explain, then what is left out. */
export function sortDrivers(drivers: readonly Driver[]): Driver[] {
  return [...drivers].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      winOf(b) - winOf(a) ||
      b.importance - a.importance ||
      b.exposed - a.exposed ||
      (a.key < b.key ? -1 : 1),
  )
}

function placeOf({ verdict, leftOut, isChosen }: Driver): number {
  if (leftOut !== null) return 4
  if (isChosen) return 3
  return { harms: 0, helps: 1, unsure: 2, none: 3 }[verdict]
}

/** Money, or where there is none the whole of what it takes. */
function winOf({ money, effect, exposed, attainable, verdict }: Driver): number {
  if (verdict !== 'harms') return 0
  return money ? money.revenue.value : -(effect?.value ?? 0) * exposed * attainable
}
