/** How events are sent: by our own script in a page, by Segment's clients, or by anything that speaks HTTP. */
export const snippetKinds = ['tracker', 'browser', 'node', 'curl'] as const
export type SnippetKind = (typeof snippetKinds)[number]

const writers: Record<SnippetKind, (origin: string, key: string) => string> = {
  // The first part takes calls that are made before the script has come.
  tracker: (origin, key) => `<script>
  window.tropa = window.tropa || { q: [] }
  if (tropa.q) for (const name of ['track', 'page', 'identify', 'alias', 'form', 'search', 'consent', 'reset'])
    tropa[name] = tropa[name] || ((...args) =>
      tropa.q ? tropa.q.push([name, args, Date.now()]) : tropa[name](...args))
</script>
<script async src="${origin}/t.js" data-key="${key}"></script>`,

  browser: (origin, key) => `// npm install @segment/analytics-next
import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load({
  writeKey: '${key}',
  cdnURL: '${origin}',
})

analytics.page()
analytics.track('Product Viewed', { product_id: '42', name: 'Black tea', price: 120, currency: 'UAH' })`,

  node: (origin, key) => `// npm install @segment/analytics-node
import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: '${key}', host: '${origin}' })

analytics.track({
  userId: 'customer-42',
  event: 'Order Completed',
  properties: { order_id: 'A-1001', total: 480, currency: 'UAH' },
})
await analytics.closeAndFlush()`,

  curl: (origin, key) => `curl ${origin}/v1/track -u ${key}: \\
  -H 'Content-Type: application/json' \\
  -d '{"anonymousId": "try-1", "event": "Product Viewed", "properties": {"name": "Black tea"}}'`,
}

export function writeSnippet(kind: SnippetKind, origin: string, key: string): string {
  return writers[kind](origin, key)
}
