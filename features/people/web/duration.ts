const MINUTE = 60
const HOUR = 3_600

/** How long a visit took, in whole minutes or hours; undefined under a minute. */
export function formatDuration(seconds: number, locale: string): string | undefined {
  if (seconds < MINUTE) return undefined
  const [value, unit] =
    seconds < HOUR
      ? [Math.round(seconds / MINUTE), 'minute']
      : [Math.round((seconds / HOUR) * 10) / 10, 'hour']
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(value as number)
}
