import type { LookupAddress } from 'node:dns'
import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'

/** What came back: an answer, or the code of what went wrong on the way. */
export type SelfAnswer = { status: number; body: string; location: string } | { code: string }

export interface AskOptions {
  /** Where the name leads, looked up once: the name can't be led elsewhere between the look and the connection. */
  addresses: readonly LookupAddress[]
  timeoutMs: number
  /** Certificates to trust besides the usual ones. */
  ca?: string
}

/** Our own answer has some 100 bytes; of anything else the beginning is more than enough. */
const BODY_BYTES = 4_096

/** One GET, no redirects followed, cut short in time and length. Never fails: what went wrong is the answer. */
export function askSelf(url: URL, options: AskOptions): Promise<SelfAnswer> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(options.timeoutMs)
    const asking = request(url, {
      signal,
      agent: false,
      ca: options.ca === undefined ? undefined : [options.ca],
      lookup: lookUpIn(options.addresses),
      headers: { accept: 'application/json', 'user-agent': 'Tropa reachability' },
    })
    asking.once('response', (response) => void readAnswer(response).then(resolve))
    asking.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: signal.aborted ? 'ETIMEDOUT' : findCode(error) }),
    )
    asking.end()
  })
}

function lookUpIn(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = addresses
    if (!first) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '')
    else if (all) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
}

async function readAnswer(response: IncomingMessage): Promise<SelfAnswer> {
  let body = ''
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      body += chunk
      if (body.length > BODY_BYTES) break
    }
  } catch (error) {
    return { code: findCode(error as NodeJS.ErrnoException) }
  }
  response.destroy()
  return { status: response.statusCode ?? 0, body, location: response.headers.location ?? '' }
}

/** With several addresses tried in turn, Node wraps what each of them said. */
function findCode(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }): string {
  return error.code ?? error.errors?.find(({ code }) => code !== undefined)?.code ?? error.name
}
