const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

const units = [
  { unit: 'second', seconds: 1, upTo: 90 },
  { unit: 'minute', seconds: MINUTE, upTo: 90 * MINUTE },
  { unit: 'hour', seconds: HOUR, upTo: 36 * HOUR },
  { unit: 'day', seconds: DAY, upTo: Number.POSITIVE_INFINITY },
] as const

/** How long something took, in the unit that people would say: 240 → «4 мин», 276480 → «3,2 дн.». */
export function formatSpan(seconds: number, locale: string): string {
  const { unit, seconds: size } = units.find(({ upTo }) => seconds < upTo) ?? units[3]
  const value = Math.max(0, seconds) / size
  const digits = unit === 'second' || unit === 'minute' || value >= 10 ? 0 : 1
  return formatOf(locale, unit, digits).format(value)
}

const formats = new Map<string, Intl.NumberFormat>()

/** Building an Intl formatter costs far more than using it. */
function formatOf(locale: string, unit: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${unit} ${digits}`
  const known = formats.get(key)
  if (known) return known
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const
  const made = new Intl.NumberFormat(locale, options)
  formats.set(key, made)
  return made
}
