/**
 * ISO 4217: how many digits the minor unit of each active currency has. Two for all that are not listed by
 * name. Kept although withdrawn lately, because orders of the past are imported in them: ANG, BGN, BYR, CUC,
 * HRK, SLL, VEF, ZWL. Metals, test codes and units of account without a minor unit (XAU, XDR, XXX …) are left out.
 */
const DIGITS: Record<string, string> = {
  0: 'BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
    CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ
    GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD
    RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
    USD USN UYU UZS VED VEF VES WST XCD XCG YER ZAR ZMW ZWG ZWL`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries(DIGITS).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(digits)]),
  ),
)

/** What shops write instead of a code. A sign that several currencies share is not here. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    UAH: '₴ грн грн. гривна гривня hrn',
    RUB: '₽ rur руб руб. р р. рубль',
    KZT: '₸ тг тг. тенге',
    BYN: 'br бр',
    EUR: '€ euro евро євро',
    USD: '$ us$ dollar доллар долар',
    GBP: '£',
    PLN: 'zł zl',
    CZK: 'kč kc',
    ILS: '₪',
    TRY: '₺ tl',
    GEL: '₾',
    AZN: '₼',
    AMD: '֏',
    BRL: 'r$',
    INR: '₹',
    KRW: '₩',
    UZS: 'сум',
  }).flatMap(([code, words]) => words.split(' ').map((word): [string, string] => [word, code])),
)

/** Digits after the point of a currency's amounts; undefined for a code that is not one. */
export function findMinorDigits(currency: string): number | undefined {
  return MINOR_DIGITS.get(currency)
}

export function isCurrency(code: string): boolean {
  return MINOR_DIGITS.has(code)
}

/** The ISO code that a text means: `uah`, `грн`, `₴`, and `RUR` as old feeds write; undefined when none is meant. */
export function findCurrency(text: string): string | undefined {
  if (text.length > 16) return undefined
  const trimmed = text.trim()
  const upper = trimmed.toUpperCase()
  return MINOR_DIGITS.has(upper) ? upper : SPELLINGS.get(trimmed.toLowerCase())
}

export const CURRENCIES: readonly string[] = [...MINOR_DIGITS.keys()].sort()
