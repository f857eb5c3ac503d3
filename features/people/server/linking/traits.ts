/** A trait with the time since which it is so, in milliseconds since 1970. */
export interface Trait {
  value: unknown
  at: number
}
export type Traits = Record<string, Trait>

const MAX_TRAITS = 200
const MAX_VALUE_LENGTH = 2_000
const MAX_NAME_LENGTH = 100
/** Names that would change the object instead of standing in it. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** The later value of each trait, whatever the order in which they arrive. Changes nothing given. */
export function foldTraits(...all: (Traits | null | undefined)[]): Traits {
  const folded: Traits = {}
  for (const traits of all)
    for (const [name, trait] of Object.entries(traits ?? {})) {
      const known = Object.hasOwn(folded, name) ? folded[name] : undefined
      if (known === undefined || isLater(trait, known)) folded[name] = trait
    }
  return limitTraits(folded)
}

/** Two values of the same instant are told apart by their text, so that the order of arrival doesn't matter. */
function isLater(a: Trait, b: Trait): boolean {
  if (a.at !== b.at) return a.at > b.at
  return JSON.stringify(a.value) > JSON.stringify(b.value)
}

/** The newest ones when a client sends ever new names. */
function limitTraits(traits: Traits): Traits {
  const entries = Object.entries(traits)
  if (entries.length <= MAX_TRAITS) return traits
  entries.sort(([nameA, a], [nameB, b]) => b.at - a.at || (nameA < nameB ? -1 : 1))
  return Object.fromEntries(entries.slice(0, MAX_TRAITS))
}

/** Values as an event gave them, dated; what is too long to be a trait is left out (the event keeps it). */
export function dateTraits(values: Record<string, unknown>, at: number): Traits {
  const traits: Traits = {}
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || name === '' || name.length > MAX_NAME_LENGTH || FORBIDDEN.has(name)) continue
    if (JSON.stringify(value).length <= MAX_VALUE_LENGTH) traits[name] = { value, at }
  }
  return traits
}

export function isSameTraits(a: Traits | null | undefined, b: Traits | null | undefined): boolean {
  const left = Object.entries(a ?? {})
  const right = b ?? {}
  if (left.length !== Object.keys(right).length) return false
  return left.every(([name, trait]) => {
    const other = right[name]
    return (
      other !== undefined &&
      other.at === trait.at &&
      JSON.stringify(other.value) === JSON.stringify(trait.value)
    )
  })
}

/** The name that traits give, first and last joined when there is no whole one; '' when there is none. */
export function readName(traits: Traits | null | undefined): string {
  const text = (name: string) => {
    const value = traits?.[name]?.value
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  }
  const whole = text('name') || text('full_name') || text('fullName')
  const parts = [text('first_name') || text('firstName'), text('last_name') || text('lastName')]
  return (whole || parts.filter(Boolean).join(' ')).replace(/\s+/g, ' ').slice(0, 200)
}
