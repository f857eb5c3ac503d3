/**
 * The channels: how a contact between a shop and a person happens. Keys are stored with every event and
 * used by touchpoints, segments and reports, so a key never changes its meaning: add a new one instead.
 */

export interface ChannelTraits {
  /** Does it happen on a screen or in the world? */
  presence: 'online' | 'offline' | 'unknown'
  /** Classic: known before the web shop (phone, mail, a talk). Modern: everything that came with it. */
  era: 'classic' | 'modern' | 'unknown'
  /** Paid for each contact, run by the shop itself, or given by others. */
  funding: 'paid' | 'owned' | 'earned' | 'unknown'
}

function traits(
  presence: ChannelTraits['presence'],
  era: ChannelTraits['era'],
  funding: ChannelTraits['funding'],
): ChannelTraits {
  return { presence, era, funding }
}

export const CHANNELS = {
  // Ways to learn about the shop and to come to it
  search_ad: traits('online', 'modern', 'paid'),
  display_ad: traits('online', 'modern', 'paid'),
  social_ad: traits('online', 'modern', 'paid'),
  affiliate: traits('online', 'modern', 'paid'),
  blogger: traits('online', 'modern', 'paid'),
  price_comparison: traits('online', 'modern', 'paid'),
  marketplace: traits('online', 'modern', 'paid'),
  offline_ad: traits('offline', 'classic', 'paid'),
  friend: traits('offline', 'classic', 'earned'),
  organic_search: traits('online', 'modern', 'earned'),
  ai_search: traits('online', 'modern', 'earned'),
  social: traits('online', 'modern', 'earned'),
  review_site: traits('online', 'modern', 'earned'),
  referral: traits('online', 'modern', 'earned'),
  map_listing: traits('online', 'modern', 'owned'),
  direct: traits('online', 'modern', 'owned'),
  // The shop's own places
  site: traits('online', 'modern', 'owned'),
  app: traits('online', 'modern', 'owned'),
  store: traits('offline', 'classic', 'owned'),
  // Ways to talk
  phone: traits('offline', 'classic', 'owned'),
  callback: traits('offline', 'classic', 'owned'),
  email: traits('online', 'classic', 'owned'),
  form: traits('online', 'classic', 'owned'),
  sms: traits('online', 'classic', 'owned'),
  chat: traits('online', 'modern', 'owned'),
  messenger: traits('online', 'modern', 'owned'),
  assistant: traits('online', 'modern', 'owned'),
  push: traits('online', 'modern', 'owned'),
  post: traits('offline', 'classic', 'owned'),
  // The way of the goods
  delivery: traits('offline', 'classic', 'owned'),
  parcel: traits('offline', 'modern', 'owned'),
  // No contact at all, or nothing said how it happened
  unknown: traits('unknown', 'unknown', 'unknown'),
} as const satisfies Record<string, ChannelTraits>

export type Channel = keyof typeof CHANNELS

export const CHANNEL_KEYS = Object.keys(CHANNELS) as Channel[]

export function isChannel(value: string): value is Channel {
  return Object.hasOwn(CHANNELS, value)
}
