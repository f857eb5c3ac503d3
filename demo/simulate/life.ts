import type { Day } from '../../kernel/time.ts'
import type { Category, Product } from '../world/catalogue.ts'
import type { City } from '../world/places.ts'
import type { Source } from '../world/sources.ts'

/** One customer's life as the simulator knows it. Times are ms since 1970. */
export interface Life {
  index: number
  traits: Traits
  source: Source
  category: Category
  product: Product
  sawCatalogue: boolean
  /** The last one is the main one: contact and order follow it. */
  visits: Visit[]
  isEvening: boolean
  contact: Contact | undefined
  order: Order | undefined
  after: After | undefined
}

export interface Traits {
  city: City
  isPhone: boolean
  isYoung: boolean
  ageGroup: string
  /** Hidden: shifts the chance of an order, −1 … 1. */
  need: number
  /** Hidden: comes back and opens newsletters. */
  isKeen: boolean
  /** Hidden: recommendation of a calm customer, 0 … 10. */
  kindness: number
}

export interface Visit {
  at: number
  source: Source
}

export type ContactWay = 'chat' | 'phone' | 'callback' | 'email' | 'assistant'

export interface Contact {
  way: ContactWay
  at: number
  topic: string
  isHard: boolean
  operator: string
  /** To the first human answer. */
  answerSeconds: number
  /** What the operator said it costs, where a price was told. */
  quotedPrice: number | undefined
  mark: number | undefined
}

export type DeliveryMethod = 'branch' | 'courier' | 'store_pickup'
export type Payment = 'cash_on_delivery' | 'card' | 'in_store'

export interface Order {
  /** 1 is the first order, 2 the repeat order. */
  number: 1 | 2
  at: number
  product: Product
  /** Hryvnias, for the whole order. */
  total: number
  delivery: DeliveryMethod
  payment: Payment
  promisedOn: Day
  confirmedAt: number
  isConfirmedByCall: boolean
  isCancelled: boolean
  hasInsert: boolean
  packedAt: number
  shippedAt: number
  arrivedAt: number
  lateDays: number
  isRefused: boolean
  /** Received or refused. */
  endedAt: number
  checkoutMark: number | undefined
  deliveryMark: number | undefined
}

export interface Failure {
  openedAt: number
  resolvedAt: number
  isSolvedWell: boolean
  contact: Contact
}

/** What follows the receipt of the first order. */
export interface After {
  failures: Failure[]
  isSubscriber: boolean
  isSentNewsletter: boolean
  isOpener: boolean
  /** Answer to “would you recommend us?”, three weeks after receipt. */
  recommendation: number | undefined
  repeat: Order | undefined
}
