/** A client as Segment's are: a batch stays the same until it is acknowledged, only `sentAt` moves. */
export interface RetryingClient {
  /** Message ids that were answered 200. */
  acknowledged: Set<string>
  /** Message ids that were ever sent. */
  sent: Set<string>
  retries(): number
  stop(): Promise<void>
}

const BATCH = 20
const USERS = 40

export function startRetryingClient(url: string, writeKey: string, name: string): RetryingClient {
  const acknowledged = new Set<string>()
  const sent = new Set<string>()
  let stopped = false
  let retries = 0

  async function run(): Promise<void> {
    for (let round = 0; !stopped; round++) {
      const batch = makeBatch(name, round)
      for (const message of batch) sent.add(message.messageId)
      while (!(await post(url, writeKey, batch))) {
        retries++
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      for (const message of batch) acknowledged.add(message.messageId)
    }
  }

  const running = run()
  return {
    acknowledged,
    sent,
    retries: () => retries,
    async stop() {
      stopped = true
      await running
    },
  }
}

function makeBatch(name: string, round: number) {
  return Array.from({ length: BATCH }, (_, i) => {
    const messageId = `${name}-${round}-${i}`
    const user = `${name}-user-${round % USERS}`
    const base = {
      messageId,
      timestamp: new Date().toISOString(),
      anonymousId: `${name}-browser-${round % USERS}`,
    }
    if (i === 0) return { ...base, type: 'identify', userId: user, traits: { email: `${user}@shop.example` } }
    if (i === 1)
      return {
        ...base,
        type: 'track',
        userId: user,
        event: 'Order Completed',
        properties: { order_id: `${name}-${round}`, total: 100, currency: 'UAH' },
      }
    return { ...base, type: 'page', name: 'Product', properties: { path: `/p/${i}` } }
  })
}

async function post(url: string, writeKey: string, batch: object[]): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
      signal: AbortSignal.timeout(20_000),
    })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}
