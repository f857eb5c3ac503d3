import { BlockList, isIP } from 'node:net'

/** `local`: this machine; `private`: only this network knows it; `public`: anybody can reach it. */
export type AddressKind = 'local' | 'private' | 'public'

const local = new BlockList()
local.addSubnet('127.0.0.0', 8, 'ipv4')
local.addSubnet('0.0.0.0', 8, 'ipv4')
local.addAddress('::1', 'ipv6')
local.addAddress('::', 'ipv6')

const inner = new BlockList()
inner.addSubnet('10.0.0.0', 8, 'ipv4')
inner.addSubnet('172.16.0.0', 12, 'ipv4')
inner.addSubnet('192.168.0.0', 16, 'ipv4')
inner.addSubnet('169.254.0.0', 16, 'ipv4')
// Shared by customers of one provider (RFC 6598): what is behind it can't be reached from outside either.
inner.addSubnet('100.64.0.0', 10, 'ipv4')
inner.addSubnet('fc00::', 7, 'ipv6')
inner.addSubnet('fe80::', 10, 'ipv6')

export function kindOfAddress(address: string): AddressKind {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (local.check(address, family)) return 'local'
  return inner.check(address, family) ? 'private' : 'public'
}

/** A name or an address that always means the machine that asks. */
export function isThisMachine(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || (isIP(host) > 0 && kindOfAddress(host) === 'local')
  )
}
