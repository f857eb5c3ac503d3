/** A sum as surely as it is known: two digits, in whole units from a hundred on. */
export function roundMoney(minor: number, digits: number): number {
  const unit = 10 ** digits
  const size = Math.abs(minor)
  if (size < unit) return Math.round(minor)
  const power = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1)
  // Kopecks would claim to be known; of a few hryvnias they still say something.
  const step = size < 10 * unit ? Math.max(1, unit / 10) : Math.max(unit, power)
  return Math.round(minor / step) * step
}
