import type { ReachAnswer, ReachNote, ReachOutcome } from '../contract.ts'
import type { AddressKind } from './address-kind.ts'
import type { SelfAnswer } from './ask-self.ts'

/** What Node and OpenSSL call it, and what it means for an owner. */
const MEANINGS: Record<string, ReachOutcome> = {
  ENOTFOUND: 'no_name',
  EAI_AGAIN: 'no_name',
  EAI_NODATA: 'no_name',
  ECONNREFUSED: 'closed',
  ETIMEDOUT: 'silent',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  CERT_HAS_EXPIRED: 'certificate_expired',
  CERT_NOT_YET_VALID: 'certificate_expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_unknown',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate_unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_unknown',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no_tls',
  EPROTO: 'no_tls',
}

const PROXY_ALONE = new Set([502, 503, 504])

export interface Judgement {
  outcome: ReachOutcome
  detail: string
  notes: ReachNote[]
}

export interface Seen {
  url: URL
  /** Where the name leads; the nearest of several. */
  kind: AddressKind
  answer: SelfAnswer
  mark: string
  trustProxy: boolean
}

/** What an answer means. Errors come first, then who answered, then whether that is any good for customers. */
export function judgeReach({ url, kind, answer, mark, trustProxy }: Seen): Judgement {
  if ('code' in answer) return { outcome: MEANINGS[answer.code] ?? 'broken', detail: answer.code, notes: [] }
  const { status, body, location } = answer
  if (status >= 300 && status < 400)
    return { outcome: 'redirected', detail: readTarget(location, url), notes: [] }
  const own = readOwnAnswer(body, mark)
  if (!own) {
    const outcome = PROXY_ALONE.has(status) ? 'proxy_alone' : 'stranger'
    return { outcome, detail: String(status), notes: [] }
  }
  const notes = noteProxy(own.isForwarded, trustProxy)
  if (kind !== 'public') return { outcome: 'private', detail: '', notes }
  return { outcome: url.protocol === 'https:' ? 'good' : 'plain', detail: '', notes }
}

function readOwnAnswer(body: string, mark: string): ReachAnswer | undefined {
  try {
    const answer = JSON.parse(body) as Partial<ReachAnswer> | null
    return answer?.mark === mark ? { mark, isForwarded: answer.isForwarded === true } : undefined
  } catch {
    return undefined
  }
}

/** Without trust, every visitor behind the proxy is one and the same; with trust and no proxy, anybody can pretend. */
function noteProxy(isForwarded: boolean, trustProxy: boolean): ReachNote[] {
  if (isForwarded && !trustProxy) return ['proxy_not_trusted']
  return trustProxy && !isForwarded ? ['no_proxy_trusted'] : []
}

/** Only the address, not the path: that is what PUBLIC_URL would have to be. */
function readTarget(location: string, from: URL): string {
  return URL.canParse(location, from.href) ? new URL(location, from.href).origin : location.slice(0, 200)
}
