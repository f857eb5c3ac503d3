import { BlockList, isIP } from 'node:net'

/** This machine and the networks behind the router: the shop's own servers, or a proxy that stands for all visitors. */
const own = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  own.addSubnet(net, bits, 'ipv4')
own.addSubnet('::1', 128, 'ipv6')
own.addSubnet('fc00::', 7, 'ipv6')
own.addSubnet('fe80::', 10, 'ipv6')

/**
 * Under what name a client is counted: its IPv4 address, or the /64 of its IPv6 address, of which one client has all
 * the rest. Undefined where the address tells nothing of a visitor.
 */
export function nameClient(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(plain)
  if (version === 0 || own.check(plain, version === 6 ? 'ipv6' : 'ipv4')) return undefined
  return version === 4 ? plain : `${readNetwork(plain)}::/64`
}

/** The first four groups of sixteen bits, written out. */
function readNetwork(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  // An IPv4 address at the end stands for two groups.
  const taken = before.length + after.length + (after.at(-1)?.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - taken)).fill('0')
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}
