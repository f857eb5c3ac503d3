import { expect, it } from 'vitest'
import { findCauses } from './find-causes.ts'

const address = 'https://tropa.tea.example'

it('finds nothing to blame when all is as it should be', () => {
  expect(findCauses({ address, consentMode: 'respect', browser: { doNotTrack: null } })).toEqual([])
})

it('blames an address that only this machine knows, and one without TLS', () => {
  const rest = { consentMode: 'respect', browser: {} } as const
  expect(findCauses({ ...rest, address: 'http://localhost:3000' })).toEqual(['ownMachine'])
  expect(findCauses({ ...rest, address: 'http://10.0.0.2:3000' })).toEqual(['noTls'])
})

it('blames the owner’s own wish not to be followed only where the shop respects it', () => {
  const browser = { globalPrivacyControl: true }
  expect(findCauses({ address, consentMode: 'respect', browser })).toEqual(['ownOptOut'])
  expect(findCauses({ address, consentMode: 'respect', browser: { doNotTrack: '1' } })).toEqual(['ownOptOut'])
  expect(findCauses({ address, consentMode: 'ignore', browser })).toEqual([])
  expect(findCauses({ address, consentMode: 'require', browser })).toEqual(['consentRequired'])
})
