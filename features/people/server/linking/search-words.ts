import type { IdentityKind } from '../../../../kernel/hash128.ts'
import { foldText } from './fold-text.ts'

const MAX_WORDS = 40
const MAX_WORD_LENGTH = 100
/** Words by whose beginning a person is found. */
export function listSearchWords(name: string, identities: { kind: IdentityKind; value: string }[]): string[] {
  const words = new Set<string>(splitWords(name))
  for (const { kind, value } of identities) {
    if (kind === 'anonymous') continue
    for (const word of wordsOf(kind, value)) words.add(word)
  }
  return [...words].filter(Boolean).slice(0, MAX_WORDS).map(cut)
}

function wordsOf(kind: IdentityKind, value: string): string[] {
  if (kind === 'phone') return phoneWords(value)
  if (kind !== 'email') return [foldText(value)]
  // The first piece is the beginning of the whole; domains are shared by thousands and find nobody.
  const [local = ''] = value.split('@')
  return [foldText(value), ...splitWords(local).slice(1)]
}

/** Where a phone is typed without its country; the length of a national number with the 0 or 8 before it. */
const NATIONAL_DIGITS = 10
/** A number is known by its last digits too: it is kept backwards, so that they are a beginning. */
const BACKWARDS = '~'

function phoneWords(phone: string): string[] {
  const digits = phone.replace(/\D/g, '')
  return [digits, digits.slice(-NATIONAL_DIGITS), backwards(digits)]
}

function backwards(digits: string): string {
  return BACKWARDS + [...digits].reverse().join('')
}

export function splitWords(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

function cut(word: string): string {
  return word.slice(0, MAX_WORD_LENGTH)
}

/**
 * What was typed, as beginnings of words that must all be found; each is a choice, of which one is enough. A phone may
 * be typed with spaces and brackets, from its beginning or its last digits alone; an e-mail or id whole.
 */
export function readSearch(text: string): string[][] {
  return readWords(text).map((word) => (/^\d{4,}$/.test(word) ? [word, backwards(word)] : [word]))
}

function readWords(text: string): string[] {
  const folded = foldText(text)
  if (folded === '') return []
  if (/^\+?[\d\s().-]{4,}$/.test(folded)) return [folded.replace(/\D/g, '')]
  if (folded.includes('@')) return folded.split(' ').slice(0, 5).map(cut)
  // An id is kept whole beside its pieces: "user_42-a" is one word to its owner.
  const words = folded
    .split(' ')
    .flatMap((word) => (/^[\p{L}\p{N}]+$/u.test(word) ? [word] : idOrPieces(word)))
  return [...new Set(words)].slice(0, 5).map(cut)
}

function idOrPieces(word: string): string[] {
  return /\d/.test(word) ? [word] : splitWords(word)
}
