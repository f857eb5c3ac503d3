/** Made-up customers and staff. Surnames are the same for men and women. */
const FIRST_NAMES = [
  ...['Олена', 'Ірина', 'Наталія', 'Тетяна', 'Анна', 'Марія', 'Юлія', 'Світлана', 'Катерина', 'Дарина'],
  ...['Андрій', 'Сергій', 'Олександр', 'Дмитро', 'Максим', 'Іван', 'Василь', 'Роман', 'Михайло', 'Артем'],
] as const
const SURNAMES = [
  ...['Коваль', 'Бондар', 'Шевчук', 'Мельник', 'Гончар', 'Кравець', 'Ткач', 'Швець', 'Гнатюк', 'Мороз'],
  ...['Лисенко', 'Савчук', 'Дубина', 'Павлюк', 'Романюк', 'Головко', 'Зозуля', 'Вербич', 'Соловей', 'Калина'],
  ...['Марчук', 'Данько', 'Федорук', 'Олійник', 'Стельмах', 'Яремко', 'Лукаш', 'Бойчук', 'Сич', 'Рибак'],
] as const

export function nameOf(index: number): string {
  const first = FIRST_NAMES[(index * 7) % FIRST_NAMES.length]
  return `${first} ${SURNAMES[Math.floor(index / 3) % SURNAMES.length]}`
}

/** Numbers of a code that no operator has. */
export function phoneOf(index: number): string {
  return `+38089${String(1_000_000 + index)}`
}

export const OPERATORS = ['Оксана', 'Ігор', 'Марина', 'Юлія', 'Богдан'] as const
/** The one who gets the hard cases. */
export const STAR_OPERATOR = 'Тарас'

export const AGE_GROUPS = [
  { key: '20–29', share: 0.25 },
  { key: '30–44', share: 0.4 },
  { key: '45–59', share: 0.25 },
  { key: '60+', share: 0.1 },
] as const
export const YOUNG_AGE = '14–19'
