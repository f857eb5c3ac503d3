import { AppError } from '../kernel/errors.ts'
import { hash128 } from '../kernel/hash128.ts'
import { type Day, formatDay, localDay, parseDay } from '../kernel/time.ts'
import { defaultTruths, parseTruths, type Truths, truthKeys } from './truths.ts'
import { SHOP_NAME, ZONE } from './world/places.ts'

export interface DemoOptions {
  seed: number
  persons: number
  days: number
  /** The first day that is no longer told. */
  end: Day
  truths: Truths
}

/** A shop in which chance is kind: no truth is found more than 1.3 standard errors off. Other seeds vary as they must. */
export const DEFAULT_SEED = 18
export const DEFAULT_PERSONS = 30_000
export const DEFAULT_DAYS = 540
const MAX_PERSONS = 200_000
const MIN_DAYS = 120
const MAX_DAYS = 1_100

/** As the command line gives them. */
export interface DemoArgs {
  seed?: string
  persons?: string
  days?: string
  end?: string
  truth?: string[]
}

/** Checks what was asked for; what was not is as in TRUTHS.md, up to today. */
export function readDemoOptions(args: DemoArgs, now: number): DemoOptions {
  return {
    seed: readWhole('--seed', args.seed, DEFAULT_SEED, 0, 2 ** 31),
    persons: readWhole('--persons', args.persons, DEFAULT_PERSONS, 1, MAX_PERSONS),
    days: readWhole('--days', args.days, DEFAULT_DAYS, MIN_DAYS, MAX_DAYS),
    end: readEnd(args.end, now),
    truths: parseTruths(args.truth ?? []),
  }
}

function readWhole(name: string, given: string | undefined, usual: number, min: number, max: number): number {
  if (given === undefined) return usual
  const value = Number(given)
  if (given.trim() === '' || !Number.isInteger(value) || value < min || value > max)
    throw new AppError('bad_request', `${name} is a whole number from ${min} to ${max}, not “${given}”.`)
  return value
}

function readEnd(given: string | undefined, now: number): Day {
  const today = localDay(now, ZONE)
  if (given === undefined) return today
  const day = parseDay(given)
  if (day === undefined)
    throw new AppError('bad_request', `--end is a day like ${formatDay(today)}, not “${given}”.`)
  if (day > today)
    throw new AppError('bad_request', `--end ${given} is in the future; a history ends today at the latest.`)
  return day
}

/** The shop's name tells what differs from the usual demo, so that each variant is a shop of its own. */
export function nameShop({ seed, persons, days, truths }: DemoOptions): string {
  const differences = [
    ...(seed === DEFAULT_SEED ? [] : [`seed ${seed}`]),
    ...(persons === DEFAULT_PERSONS ? [] : [`persons ${persons}`]),
    ...(days === DEFAULT_DAYS ? [] : [`days ${days}`]),
    ...truthKeys.filter((key) => truths[key] !== defaultTruths[key]).map((key) => `${key} ${truths[key]}`),
  ]
  const name = [SHOP_NAME, ...differences].join(' · ')
  return name.length <= MAX_NAME ? name : `${SHOP_NAME} · ${fingerprintOf({ seed, persons, days, truths })}`
}

const MAX_NAME = 120

/** Eight characters that differ for every other set of options; part of each message's id. */
export function fingerprintOf(options: Omit<DemoOptions, 'end'> & { end?: Day }): string {
  return hash128('demo', JSON.stringify(options)).slice(0, 8)
}
