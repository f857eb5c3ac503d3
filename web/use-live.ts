import { useEffect, useEffectEvent, useState } from 'react'
import { api, type Query } from './api-client.ts'
import { type LiveStatus, openLive } from './live.ts'

/** Receives what the server sends on `path` while the component is shown, e.g. `useLive<Arrival>('/shops/1/live', add)`. */
export function useLive<Message>(
  path: string,
  onMessage: (message: Message) => void,
  options: { query?: Query; paused?: boolean } = {},
): LiveStatus | 'paused' {
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const receive = useEffectEvent((message: unknown) => onMessage(message as Message))
  const { paused = false } = options
  const query = JSON.stringify(options.query ?? {})
  useEffect(() => {
    if (paused) return
    return openLive({
      path,
      query: JSON.parse(query) as Query,
      onMessage: (message) => receive(message),
      onStatus: setStatus,
      // An event stream doesn't tell why it broke; an ordinary request does, and leads to the sign-in when it must.
      onBroken: () => void api.get('/session').catch(() => undefined),
    })
  }, [path, query, paused])
  return paused ? 'paused' : status
}
