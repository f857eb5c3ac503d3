import { ApiError, readError } from './api-error.ts'

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Readonly<Record<string, QueryValue>>
export type RequestOptions = { query?: Query; body?: unknown; signal?: AbortSignal }

/** What the rest of the page wants to know about every request. */
export type ApiListener = {
  /** Something answered, whatever it said. */
  answered?: () => void
  /** Nothing answered, or only a proxy that found nobody behind it. */
  unanswered?: () => void
  /** The session is over. */
  unauthenticated?: () => void
}

export type ApiClient = ReturnType<typeof createApiClient>

/** An answer that lay about for longer may have been overtaken by the facts. */
const EARLY_MS = 10_000

/** `/people` + `{q: 'a b', tag: ['x', 'y'], cursor: undefined}` → `/api/people?q=a+b&tag=x&tag=y` */
export function apiUrl(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one))
  }
  const text = parameters.toString()
  return `/api${path}${text && `?${text}`}`
}

/**
 * The typed way to the server. A room gives the type of the answer from its contract:
 * `api.get<Person>('/shops/1/people/42')`. Fails with `ApiError` only, or with `AbortError` when the caller gave up.
 */
export function createApiClient(origin = '') {
  const listeners = new Set<ApiListener>()
  const tell = (what: keyof ApiListener) => {
    for (const listener of listeners) listener[what]?.()
  }

  async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await send(origin + apiUrl(path, options.query), method, options).catch((error) => {
      if (options.signal?.aborted) throw error
      tell('unanswered')
      throw new ApiError('unreachable', 'The server does not answer.', { cause: error })
    })
    const body = await readJson(response)
    if (response.ok && body !== notJson) {
      tell('answered')
      return body as T
    }
    const error = readError(response.status, body, response.headers.get('retry-after'))
    tell(error.code === 'unreachable' ? 'unanswered' : 'answered')
    if (error.code === 'unauthenticated') tell('unauthenticated')
    throw error
  }

  const early = new Map<string, { at: number; answer: Promise<unknown> }>()

  /** An early answer serves once and soon; one that failed is asked for again, so that the listeners hear of it. */
  function get<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const url = apiUrl(path, options.query)
    const known = early.get(url)
    early.delete(url)
    const ask = () => request<T>('GET', path, options)
    const isFresh = known && Date.now() - known.at < EARLY_MS
    return isFresh ? (known.answer as Promise<T>).catch(ask) : ask()
  }

  return {
    get,
    /** Asks now for what is going to be `get` in a moment, by code that is still on its way. */
    askEarly<T>(path: string, query: Query = {}): Promise<T> {
      const answer = request<T>('GET', path, { query })
      early.set(apiUrl(path, query), { at: Date.now(), answer })
      answer.catch(() => undefined)
      return answer
    },
    post: <T>(path: string, options?: RequestOptions) => request<T>('POST', path, options),
    put: <T>(path: string, options?: RequestOptions) => request<T>('PUT', path, options),
    patch: <T>(path: string, options?: RequestOptions) => request<T>('PATCH', path, options),
    del: <T>(path: string, options?: RequestOptions) => request<T>('DELETE', path, options),
    /** Returns the function that stops listening. */
    listen(listener: ApiListener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Pages use this one; tests make their own with an origin. */
export const api = createApiClient()

function send(url: string, method: string, { body, signal }: RequestOptions): Promise<Response> {
  // A form on another site can't set a header of its own, so this one proves that the request is ours.
  const headers: Record<string, string> = { accept: 'application/json', 'x-tropa-request': '1' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  return fetch(url, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) })
}

const notJson = Symbol('not JSON')

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return response.ok ? undefined : notJson
  try {
    return JSON.parse(text)
  } catch {
    return notJson
  }
}
