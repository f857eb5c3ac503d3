import type { IdentityKind } from '../../../../kernel/hash128.ts'
import { foldText } from './fold-text.ts'

const MAX_WORDS = 40
const MAX_WORD_LENGTH = 100
/** People dial and dictate a number without the country, so it is found from its last digits too. */
const PHONE_TAILS = [10, 9, 7]

/** Words by whose beginning a person is found. */
export function listSearchWords(name: string, identities: { kind: IdentityKind; value: string }[]): string[] {
  const words = new Set<string>(splitWords(name))
  for (const { kind, value } of identities) {
    if (kind === 'anonymous') continue
    if (kind === 'phone') for (const word of phoneWords(value)) words.add(word)
    else {
      words.add(foldText(value))
      if (kind === 'email') for (const word of splitWords(value)) words.add(word)
    }
  }
  return [...words].filter(Boolean).slice(0, MAX_WORDS).map(cut)
}

function phoneWords(phone: string): string[] {
  const digits = phone.replace(/\D/g, '')
  return [digits, ...PHONE_TAILS.map((length) => digits.slice(-length))]
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
 * What was typed, as beginnings of words that must all be found. A phone may be typed with spaces and brackets, an
 * e-mail or id whole.
 */
export function readSearch(text: string): string[] {
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
