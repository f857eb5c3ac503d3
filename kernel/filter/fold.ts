/**
 * The table by which `ignoreCase` compares: each capital letter and the small one that replaces it. It is given to
 * both back-ends, because the lower case of Unicode differs between versions, and turns one letter into two (İ).
 */
const CAPITALS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ' + 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ' + 'ĀĂĄĆČĎĐĒĘĚĞĢĪĮĶŁĹĻĽŃŅŇŌŐŔŘŚŞŠŢŤŪŮŰŲŹŻŽ'
const CYRILLIC_CAPITALS = 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' + 'ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏ' + 'ҐҒҖҚҜҢҮҰҲҶҺӘӨ'

export const FOLD_FROM = CAPITALS + CYRILLIC_CAPITALS
export const FOLD_TO =
  'abcdefghijklmnopqrstuvwxyz' +
  'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ' +
  'āăąćčďđēęěğģīįķłĺļľńņňōőŕřśşšţťūůűųźżž' +
  'абвгдежзийклмнопрстуфхцчшщъыьэюя' +
  'ѐёђѓєѕіїјљњћќѝўџ' +
  'ґғҗқҝңүұҳҷһәө'

const TABLE = new Map(Array.from(FOLD_FROM, (capital, index) => [capital, FOLD_TO[index] ?? capital]))
const ANY_CAPITAL = new RegExp(`[${FOLD_FROM}]`, 'g')

let lastText = ''
let lastFolded = ''

/** Many conditions in a row ask for the same text, so the last answer is kept. */
export function foldCase(text: string): string {
  if (text === lastText) return lastFolded
  lastFolded = fold(text)
  lastText = text
  return lastFolded
}

function fold(text: string): string {
  return text.replace(ANY_CAPITAL, (capital) => TABLE.get(capital) ?? capital)
}
