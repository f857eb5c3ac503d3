const SOFT_HYPHEN = '\u00ad'
const LONG_WORD = /[\p{L}]{12,}/gu
const VOWELS = 'аеёиоуыэюяієїaeiou'
const CONSONANT = `[^${VOWELS}ьъй]`
/** A syllable's border in our languages: vowel | consonant vowel, and between two consonants with vowels around them. */
const BORDER = new RegExp(
  `(?<=[${VOWELS}])(?=${CONSONANT}[${VOWELS}])|(?<=[${VOWELS}]${CONSONANT})(?=${CONSONANT}[${VOWELS}])`,
  'giu',
)
const BEFORE_AT_LEAST = 3
const AFTER_AT_LEAST = 2

/** Where a long word may break in a narrow column: browsers on desktops know no Russian and no Ukrainian hyphens. */
export function addSoftHyphens(text: string): string {
  return text.replace(LONG_WORD, (word) =>
    word.replace(BORDER, (_, at: number) =>
      at >= BEFORE_AT_LEAST && word.length - at >= AFTER_AT_LEAST ? SOFT_HYPHEN : '',
    ),
  )
}
