import { parseMoney } from '../../../kernel/money.ts'
import { isBlankTime, type ParsedTime, parseTime } from '../../../kernel/parse-time.ts'

export interface TwoReadings {
  text: string
  dmy: string
  mdy: string
}

/** What can't be told from the values themselves, so that a person has to say it. */
export interface Doubts {
  /** A date that is one day when the day stands first and another when the month does. */
  dateOrder: TwoReadings | null
  /** A time that doesn't say in which zone its clock hangs. */
  naiveTime: string | null
  /** An amount whose mark may part thousands or kopecks. */
  decimal: string | null
}

/** Which of the values can be read in two ways. Pure; the values are those of the sample. */
export function findDoubts(times: readonly string[], amounts: readonly string[], currency: string): Doubts {
  const said = times.filter((text) => !isBlankTime(text))
  const readings = said.map((text) => ({
    text,
    dmy: parseTime(text, { zone: 'UTC', order: 'dmy' }),
    mdy: parseTime(text, { zone: 'UTC', order: 'mdy' }),
  }))
  const isTold = readings.some(({ dmy, mdy }) => (dmy === undefined) !== (mdy === undefined))
  const ambiguous = readings.find(({ dmy, mdy }) => dmy && mdy && dmy.ms !== mdy.ms)
  return {
    dateOrder: ambiguous && !isTold ? describe(ambiguous) : null,
    naiveTime: said.find(isNaive) ?? null,
    decimal: amounts.some(showsMark) ? null : (amounts.find((text) => isAmbiguous(text, currency)) ?? null),
  }
}

function describe({ text, dmy, mdy }: { text: string; dmy?: ParsedTime; mdy?: ParsedTime }): TwoReadings {
  const day = (time: ParsedTime | undefined) => new Date(time?.ms ?? 0).toISOString().slice(0, 10)
  return { text, dmy: day(dmy), mdy: day(mdy) }
}

/** The same text is another instant in another zone: it names none of its own. */
function isNaive(text: string): boolean {
  const there =
    parseTime(text, { zone: 'Asia/Tokyo' }) ?? parseTime(text, { zone: 'Asia/Tokyo', order: 'mdy' })
  const here = parseTime(text, { zone: 'UTC' }) ?? parseTime(text, { zone: 'UTC', order: 'mdy' })
  return there !== undefined && here !== undefined && there.ms !== here.ms
}

function isAmbiguous(text: string, currency: string): boolean {
  const parsed = parseMoney(text, currency)
  return !parsed.ok && parsed.problem === 'ambiguous'
}

/** One amount that ends in kopecks tells the mark of all others. */
const showsMark = (text: string) => /[.,]\d{1,2}\D*$/.test(text)
