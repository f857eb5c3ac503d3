/**
 * For each p-value the smallest false discovery rate at which it still counts as found (Benjamini and Hochberg,
 * "Controlling the false discovery rate", J. R. Statist. Soc. B 57, 1995). Same order as given.
 */
export function findDiscoveryRates(chances: readonly number[]): number[] {
  const order = [...chances.keys()].sort((a, b) => (chances[b] as number) - (chances[a] as number))
  const rates = new Array<number>(chances.length)
  let smallest = 1
  for (const [place, index] of order.entries()) {
    const rank = chances.length - place
    smallest = Math.min(smallest, ((chances[index] as number) * chances.length) / rank)
    rates[index] = smallest
  }
  return rates
}
