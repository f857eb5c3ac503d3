export interface City {
  name: string
  region: string
  share: number
  /** The shop's own store there. */
  store?: string
}

export const CITIES: readonly City[] = [
  { name: 'Київ', region: 'Київська', share: 0.24, store: 'Київ, вул. Ярославська, 12' },
  { name: 'Львів', region: 'Львівська', share: 0.12, store: 'Львів, вул. Городоцька, 40' },
  { name: 'Харків', region: 'Харківська', share: 0.14 },
  { name: 'Дніпро', region: 'Дніпропетровська', share: 0.13 },
  { name: 'Одеса', region: 'Одеська', share: 0.14 },
  { name: 'Запоріжжя', region: 'Запорізька', share: 0.07 },
  { name: 'Вінниця', region: 'Вінницька', share: 0.06 },
  { name: 'Полтава', region: 'Полтавська', share: 0.05 },
  { name: 'Чернівці', region: 'Чернівецька', share: 0.05 },
]

/** The site says “tomorrow” there too, and it takes five or six days. */
export const SLOW_REGION = 'Одеська'

export const CARRIERS = { branch: 'Лелека Пошта', courier: 'Вітер Кур’єр' } as const

export const ZONE = 'Europe/Kyiv'
export const SITE = 'https://iskra.example'
export const SHOP_NAME = 'Demo «Іскра»'
