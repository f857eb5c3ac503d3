import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { ReachView } from '../contract.ts'
import { type AddressKind, isThisMachine, kindOfAddress } from './address-kind.ts'
import { askSelf } from './ask-self.ts'
import { judgeReach } from './judge-reach.ts'

export interface LookOptions {
  publicUrl: string
  nonce: string
  mark: string
  trustProxy: boolean
  timeoutMs?: number
  /** Certificates to trust besides the usual ones, and names that DNS doesn't know: for tests. */
  ca?: string
  resolve?: (host: string) => Promise<LookupAddress[]>
}

const PATIENCE_MS = 5_000

/**
 * Looks at this server from its own side, the way a browser would come: asks PUBLIC_URL, and nothing else, for the
 * answer to a nonce. Nobody outside chooses the address, no redirect is followed, and of the answer only its meaning
 * is told: so this can't be used to look around in the server's network.
 */
export async function lookAtSelf(options: LookOptions): Promise<ReachView> {
  const address = `${options.publicUrl}/api/reachability/${options.nonce}`
  if (!URL.canParse(address))
    return { outcome: 'broken', host: options.publicUrl, addresses: [], detail: 'ERR_INVALID_URL', notes: [] }
  const url = new URL(address)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isThisMachine(host)) return { outcome: 'local', host, addresses: [], detail: '', notes: [] }
  const addresses = await findAddresses(host, options.resolve ?? lookUp)
  const answer = await askSelf(url, {
    addresses,
    timeoutMs: options.timeoutMs ?? PATIENCE_MS,
    ca: options.ca,
  })
  const { mark, trustProxy } = options
  return {
    host,
    addresses: addresses.map(({ address }) => address),
    ...judgeReach({ url, kind: nearestOf(addresses), answer, mark, trustProxy }),
  }
}

const lookUp = (host: string) => lookup(host, { all: true })

/** None when the name leads nowhere; asking then says so. */
async function findAddresses(
  host: string,
  resolve: (host: string) => Promise<LookupAddress[]>,
): Promise<LookupAddress[]> {
  const family = isIP(host)
  if (family > 0) return [{ address: host, family }]
  return resolve(host).catch(() => [])
}

const NEAREST_FIRST: readonly AddressKind[] = ['local', 'private', 'public']

function nearestOf(addresses: readonly LookupAddress[]): AddressKind {
  const kinds = addresses.map(({ address }) => kindOfAddress(address))
  return NEAREST_FIRST.find((kind) => kinds.includes(kind)) ?? 'public'
}
