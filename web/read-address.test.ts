import { expect, it } from 'vitest'
import { readAddress } from './read-address.ts'

const read = (address: string) => readAddress(new URL(address, 'https://tropa.example'))

it.each([
  ['/', { isBehindSignIn: true, isMap: false, shop: undefined }],
  ['/s/7', { isBehindSignIn: true, isMap: false, shop: '7' }],
  ['/s/7/', { isBehindSignIn: true, isMap: false, shop: '7' }],
  ['/s/7/map', { isBehindSignIn: true, isMap: true, shop: '7' }],
  ['/s/7/map/delivery', { isBehindSignIn: true, isMap: false, shop: '7' }],
  ['/s/7/people', { isBehindSignIn: true, isMap: false, shop: '7' }],
  ['/s/seven/map', { isBehindSignIn: false, isMap: false, shop: undefined }],
  ['/sign-in', { isBehindSignIn: false, isMap: false, shop: undefined }],
  ['/welcome/abc', { isBehindSignIn: false, isMap: false, shop: undefined }],
])('of %s knows what will be shown', (address, expected) => {
  expect(read(address)).toMatchObject(expected)
})

it('reads the question as the router writes it', () => {
  expect(read('/s/1/map?period=30&from=2026-01-01&table=true&segment=%22new%22').search).toEqual({
    period: 30,
    from: '2026-01-01',
    table: true,
    segment: 'new',
  })
})
