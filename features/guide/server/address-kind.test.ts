import { describe, expect, it } from 'vitest'
import { isThisMachine, kindOfAddress } from './address-kind.ts'

describe('an address', () => {
  it.each([
    ['127.0.0.1', 'local'],
    ['127.0.1.1', 'local'],
    ['::1', 'local'],
    ['::ffff:127.0.0.1', 'local'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.10', 'private'],
    ['169.254.169.254', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['fd12:3456::1', 'private'],
    ['fe80::1', 'private'],
    ['::ffff:192.168.0.1', 'private'],
    ['203.0.113.7', 'public'],
    ['2001:db8::7', 'public'],
  ])('%s is %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind)
  })

  it.each([
    ['localhost', true],
    ['shop.localhost', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['192.168.1.10', false],
    ['tropa.example.com', false],
    ['notlocalhost', false],
  ])('%s means the machine that asks: %s', (host, expected) => {
    expect(isThisMachine(host)).toBe(expected)
  })
})
