import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createError } from './clickhouse-error.ts'
import { readBodyBytes } from './request-body.ts'

/** A request for a statement, as it stands in the URL and the headers. */
export interface StatementRequest {
  /** The statement, or its beginning, when it came in the URL. */
  urlQuery?: string
  isReadOnly: boolean
  isReport: boolean
  queryId: string
  database?: string
  defaultFormat: string
  settings: Map<string, string>
  params: Map<string, string>
  waitsForEnd: boolean
  acceptsGzip: boolean
}

/** URL parameters that speak to the server and not to the engine. */
const SERVER_PARAMETERS = [
  'query',
  'query_id',
  'database',
  'default_format',
  'wait_end_of_query',
  'tropa_class',
]
const PARAMETER = 'param_'
const REFUSED: Record<string, string> = {
  session_id: 'There are no sessions: send settings, parameters and database with every request',
  session_timeout: 'There are no sessions',
  session_check: 'There are no sessions',
  role: 'There are no roles',
  quota_key: 'There are no quotas',
  compress: "ClickHouse's own block compression is not supported: use gzip",
  decompress: "ClickHouse's own block compression is not supported: use gzip",
}

/**
 * Reads a request's URL and headers. A heavy read says so by the header `X-Tropa-Class: report`, which a
 * ClickHouse server ignores (the URL parameter `tropa_class=report` says the same to this server only).
 */
export function readRequest(request: IncomingMessage): StatementRequest {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const search = url.searchParams
  const settings = new Map<string, string>()
  const params = new Map<string, string>()
  for (const [name, value] of search) {
    const refusal = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined
    if (refusal !== undefined) throw createError('notImplemented', `${name} is not supported. ${refusal}`)
    if (SERVER_PARAMETERS.includes(name)) continue
    if (name.startsWith(PARAMETER)) params.set(name.slice(PARAMETER.length), value)
    else settings.set(name, value)
  }
  return {
    urlQuery: search.get('query') || undefined,
    isReadOnly: request.method === 'GET',
    isReport: (request.headers['x-tropa-class'] ?? search.get('tropa_class')) === 'report',
    queryId: search.get('query_id') || randomUUID(),
    database: search.get('database') || readHeader(request, 'x-clickhouse-database'),
    defaultFormat:
      search.get('default_format') || readHeader(request, 'x-clickhouse-format') || 'TabSeparated',
    settings,
    params,
    waitsForEnd: search.get('wait_end_of_query') === '1',
    acceptsGzip: isSet(settings.get('enable_http_compression')) && acceptsGzip(request),
  }
}

function readHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  // Header bytes come as latin1, whatever they are; ClickHouse takes them for UTF-8.
  return typeof value === 'string' && value !== '' ? Buffer.from(value, 'latin1').toString('utf8') : undefined
}

function isSet(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

function acceptsGzip(request: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
}

/** A statement's text may be this long when it comes in a body; an INSERT's rows belong in a body of their own. */
const MAX_TEXT_BYTES = 64 << 20

/** Reads a body that is the statement itself: plain text, or a form with parts `query` and `param_…`. */
export async function readStatementText(request: IncomingMessage, into: StatementRequest): Promise<Buffer> {
  const body = await readBodyBytes(request, MAX_TEXT_BYTES)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return body
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw createError('badArguments', 'The body is not a valid multipart form')
    })
  let query = Buffer.alloc(0)
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw createError('notImplemented', 'External tables are not supported')
    if (name === 'query') query = Buffer.from(value)
    else if (name.startsWith(PARAMETER)) into.params.set(name.slice(PARAMETER.length), value)
    else throw createError('notImplemented', `The form's part ${JSON.stringify(name)} is not supported`)
  }
  return query
}

export interface Credentials {
  user: string
  password: string
}

/** Throws unless the request carries the credentials, by Basic auth or by ClickHouse's own headers. */
export function authenticate(request: IncomingMessage, expected: Credentials): void {
  const given = readCredentials(request)
  if (!given) throw createError('requiredPassword', 'Authentication failed: password is required')
  // Both are compared in any case, so that the answer's time tells nothing.
  const isUser = isEqual(given.user, expected.user)
  const isPassword = isEqual(given.password, expected.password)
  if (!isUser || !isPassword) {
    throw createError(
      'authenticationFailed',
      `${given.user}: Authentication failed: password is incorrect, or there is no user with such name`,
    )
  }
}

function readCredentials(request: IncomingMessage): Credentials | undefined {
  const key = readHeader(request, 'x-clickhouse-key')
  if (key !== undefined) return { user: readHeader(request, 'x-clickhouse-user') ?? 'default', password: key }
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic === undefined) return undefined
  const [user = '', ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { user, password: password.join(':') }
}

function isEqual(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
