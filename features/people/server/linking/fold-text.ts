/** Text as it is compared and searched: no case, no accents that people leave out, ё as е, one space between words. */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/['’ʼ`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A name whose words may stand in any order: "Петренко Іван" is "Іван Петренко". */
export function foldName(name: string): string {
  return foldText(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ')
}
