import type { DriversSettings } from '../contract.ts'

export type Fact = DriversSettings['facts'][number]

export const HOWS = ['came', 'equals', 'atLeast'] as const
export type How = (typeof HOWS)[number]

/** A fact as it is being written down. */
export interface FactDraft {
  name: string
  event: string
  how: How
  property: string
  value: string
  stage: string
}

export const emptyDraft = (stage: string): FactDraft => ({
  name: '',
  event: '',
  how: 'came',
  property: '',
  value: '',
  stage,
})

/** What is missing or makes no sense, by field. */
export function checkDraft(draft: FactDraft): Partial<Record<keyof FactDraft, 'missing' | 'number'>> {
  const { name, event, how, property, value } = draft
  const isMissing = (text: string) => text.trim() === ''
  const found: ReturnType<typeof checkDraft> = {}
  if (isMissing(name)) found.name = 'missing'
  if (isMissing(event)) found.event = 'missing'
  if (how === 'came') return found
  if (isMissing(property)) found.property = 'missing'
  if (isMissing(value)) found.value = 'missing'
  else if (how === 'atLeast' && !Number.isFinite(readNumber(value))) found.value = 'number'
  return found
}

/** «1,5» as people write it. */
const readNumber = (text: string) =>
  Number(
    text
      .trim()
      .replace(/[\s\u00a0]/g, '')
      .replace(',', '.'),
  )

/** The fact that a draft without mistakes means, under a key that no other has. */
export function toFact(draft: FactDraft, taken: readonly string[]): Fact {
  const { name, event, how, property, value, stage } = draft
  return {
    key: makeKey(event, taken),
    name: name.trim(),
    event: event.trim(),
    property: how === 'came' ? null : property.trim(),
    equals: how === 'equals' ? value.trim() : null,
    atLeast: how === 'atLeast' ? readNumber(value) : null,
    stage,
  }
}

const MAX_KEY = 40

/** `Gift Wrapped` → `gift_wrapped`, `gift_wrapped_2`; names without Latin letters are `fact`. */
function makeKey(event: string, taken: readonly string[]): string {
  const plain = event
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, MAX_KEY - 4)
  const base = plain === '' ? 'fact' : plain
  let key = base
  for (let n = 2; taken.includes(key); n++) key = `${base}_${n}`
  return key
}
