const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * Building an Intl formatter costs far more than using it, most of all the first one of a language: so it is the
 * reader's own, in which dates will be written anyway, with the calendar and digits that we need.
 */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat(globalThis.navigator?.language ?? 'en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** The calendar day `YYYY-MM-DD` of an instant in a zone. */
export function dayOf(at: Date, zone: string): string {
  const parts = formatOf(zone).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}
