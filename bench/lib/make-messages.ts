import type { Prng } from '../../kernel/prng.ts'

/** Ids of this length are written over in place, so that a request is made once and sent many times. */
export const ID_LENGTH = 24
export const ID_PLACE = 'I'.repeat(ID_LENGTH)

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; SM-A556B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
] as const
const REFERRERS = [
  '',
  '',
  'https://www.google.com/',
  'https://www.instagram.com/',
  'https://hotline.ua/ua/',
] as const
const TAGS = [
  '',
  '',
  '',
  '?utm_source=google&utm_medium=cpc&utm_campaign=autumn&gclid=Cj0KCQ',
  '?utm_source=newsletter&utm_medium=email',
] as const

/** One message of a shop's ordinary traffic, as a browser client sends it: some 800 bytes. */
export function makeMessage(random: Prng, at: number, id: string): Record<string, unknown> {
  const product = random.below(2_000)
  const path = `/catalog/product-${product}`
  const url = `https://shop.example${path}${random.pick(TAGS)}`
  const roll = random.below(100)
  return {
    messageId: id,
    timestamp: new Date(at - random.below(600_000)).toISOString(),
    anonymousId: `visitor-${random.below(20_000)}`,
    userId: roll < 10 ? `user-${random.below(5_000)}` : null,
    context: {
      page: {
        path,
        url,
        referrer: random.pick(REFERRERS),
        search: '',
        title: `Product ${product} - Example shop`,
      },
      userAgent: random.pick(AGENTS),
      locale: 'uk-UA',
      timezone: 'Europe/Kyiv',
      library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
    },
    ...makeContent(random, roll, product, path, url),
  }
}

function makeContent(random: Prng, roll: number, product: number, path: string, url: string) {
  if (roll < 60)
    return { type: 'page', name: null, properties: { path, url, title: `Product ${product}`, search: '' } }
  const item = {
    product_id: `sku-${product}`,
    name: `Product ${product}`,
    price: 100 + product,
    quantity: 1,
    category: 'Shoes',
  }
  if (roll < 92) return { type: 'track', event: 'Product Viewed', properties: { ...item, currency: 'UAH' } }
  if (roll < 98)
    return {
      type: 'track',
      event: 'Product Added',
      properties: { ...item, cart_id: `cart-${random.below(9_000)}` },
    }
  const order = `order-${random.below(100_000_000)}`
  return {
    type: 'track',
    event: 'Order Completed',
    properties: { order_id: order, total: 100 + product, currency: 'UAH', products: [item] },
  }
}
