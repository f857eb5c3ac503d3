interface PhonePlan {
  /** Country calling code. */
  code: string
  /** What is dialled before a national number inside the country; the longest first. */
  trunks: readonly string[]
  /** Digits of a national number without the trunk prefix: from, to. */
  digits: readonly [number, number]
  /** How a national number may begin, where a wrong guess would join strangers. */
  starts?: RegExp
}

function plan(code: string, trunks: string, from: number, to = from, starts?: RegExp): PhonePlan {
  return { code, trunks: trunks.split(' ').filter(Boolean), digits: [from, to], starts }
}

/** National numbering plans by country, after the plans filed with the ITU (E.164). */
const PLANS: Record<string, PhonePlan> = {
  UA: plan('380', '80 8 0', 9, 9, /^[3-9]/),
  RU: plan('7', '8', 10, 10, /^[3-9]/),
  KZ: plan('7', '8', 10, 10, /^[3-9]/),
  BY: plan('375', '80 8 0', 9, 9, /^[1-4]/),
  MD: plan('373', '0', 8),
  GE: plan('995', '0', 9),
  AM: plan('374', '0', 8),
  AZ: plan('994', '0', 9),
  UZ: plan('998', '', 9),
  KG: plan('996', '0', 9),
  TJ: plan('992', '', 9),
  PL: plan('48', '', 9),
  CZ: plan('420', '', 9),
  SK: plan('421', '0', 9),
  RO: plan('40', '0', 9),
  BG: plan('359', '0', 8, 9),
  LT: plan('370', '8 0', 8, 8, /^[3-9]/),
  LV: plan('371', '', 8),
  EE: plan('372', '', 7, 8),
  DE: plan('49', '0', 6, 12),
  AT: plan('43', '0', 6, 13),
  FR: plan('33', '0', 9),
  GB: plan('44', '0', 9, 10),
  ES: plan('34', '', 9),
  PT: plan('351', '', 9),
  IL: plan('972', '0', 8, 9),
  TR: plan('90', '0', 10),
  BR: plan('55', '0', 10, 11),
  US: plan('1', '1', 10, 10, /^[2-9]/),
  CA: plan('1', '1', 10, 10, /^[2-9]/),
}

/** Countries whose local numbers can be read, as ISO 3166 codes. */
export const PHONE_COUNTRIES: readonly string[] = Object.keys(PLANS)

/** Countries whose full numbers are known even without a plus, by their length and start. */
const RECOGNISED = ['UA', 'BY', 'RU'].map((country) => PLANS[country] as PhonePlan)
/** No country has these codes: "+8 916 …" is a local number with a plus put before it. */
const NO_COUNTRY = /^8(?:[379]|0[1-9])/
const EXTENSION = /(?:доб|вн|ext|extension|x|#|,|;).*$/i

/**
 * A phone number as one person's key: `+` and the digits of E.164. Local forms are read by the country's plan
 * (UA `0501234567`, `80501234567`; RU `8 916 …`; BY `8 029 …`). Without a country only full numbers are
 * understood. undefined when it can't be a number: a wrong guess would make two people one.
 */
export function normalisePhone(text: string, options: { country?: string } = {}): string | undefined {
  if (text.length > 64) return undefined
  const bare = text.trim().replace(/^tel:/i, '').replace(EXTENSION, '')
  if (!/^\+?[\d\s().\-–—/\u00a0\u2011]+$/.test(bare)) return undefined
  const digits = bare.replace(/\D/g, '')
  const home = options.country ? PLANS[options.country.toUpperCase()] : undefined
  if (bare.startsWith('+') && !NO_COUNTRY.test(digits)) return checkFull(digits)
  if (digits.startsWith('00')) return checkFull(digits.slice(2))
  if (digits.startsWith('810') && digits.length > 11 && home?.code === '7') return checkFull(digits.slice(3))
  const national = home && findNational(digits, home)
  if (national) return national
  const known = [...(home ? [home] : []), ...RECOGNISED].some((one) => isFull(digits, one))
  return known ? `+${digits}` : undefined
}

function findNational(digits: string, home: PhonePlan): string | undefined {
  for (const trunk of [...home.trunks, '']) {
    const national = digits.slice(trunk.length)
    if (digits.startsWith(trunk) && fits(national, home)) return `+${home.code}${national}`
  }
  return undefined
}

function fits(national: string, { digits: [from, to], starts, trunks }: PhonePlan): boolean {
  if (national.length < from || national.length > to) return false
  if (starts) return starts.test(national)
  return !trunks.includes(national.charAt(0))
}

function isFull(digits: string, one: PhonePlan): boolean {
  return digits.startsWith(one.code) && fits(digits.slice(one.code.length), one)
}

/** Numbers of unknown plans pass by E.164's length alone; those of known plans must fit one that has their code. */
function checkFull(digits: string): string | undefined {
  if (!/^[1-9]\d{6,14}$/.test(digits)) return undefined
  const plans = Object.values(PLANS).filter((one) => digits.startsWith(one.code))
  return plans.length === 0 || plans.some((one) => isFull(digits, one)) ? `+${digits}` : undefined
}
