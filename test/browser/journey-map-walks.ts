const DAY_MS = 86_400_000

/**
 * The walks of so many customers of the last weeks: a search, a look, an order that pleased, and a parcel that came
 * two days after the promise, about which they complained.
 */
export function walks(customers: number, now = Date.now()): object[] {
  return Array.from({ length: customers }, (_, index) => walk(index, now)).flat()
}

function walk(index: number, now: number): object[] {
  const at = (daysAgo: number) => new Date(now - daysAgo * DAY_MS - index * 60_000).toISOString()
  const who = { anonymousId: `browser-${index}`, userId: `customer-${index}` }
  const order = { order_id: `A-${index}` }
  const track = (name: string, daysAgo: number, properties: object, key = name) => ({
    type: 'track',
    messageId: `${index}-${key}`,
    timestamp: at(daysAgo),
    ...who,
    event: name,
    properties: { ...order, ...properties },
  })
  const opinion = (touchpoint: string, daysAgo: number, score: number) =>
    track('Feedback Given', daysAgo, { kind: 'csat', score, scale_max: 5, touchpoint }, `said-${touchpoint}`)
  return [
    {
      type: 'page',
      messageId: `${index}-page`,
      timestamp: at(9),
      ...who,
      name: 'Чай',
      context: { page: { url: 'https://tea.example/', path: '/', referrer: 'https://www.google.com/' } },
    },
    track('Product Viewed', 8.99, { product_id: 'honey' }),
    track('Order Completed', 8.98, { total: 2200, currency: 'UAH', promised_on: at(5).slice(0, 10) }),
    opinion('checkout', 8.9, index % 5 === 0 ? 4 : 5),
    track('Order Shipped', 7, {}),
    track('Order Arrived', 3, {}),
    opinion('carrier', 2.5, index % 4 === 0 ? 3 : 1),
    track('Order Delivered', 2, {}),
  ]
}
